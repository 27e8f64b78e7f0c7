using Andi.Cli.Seed.Schools;

namespace Andi.Cli.Seed.Assessments;

/// <summary>The scores in the order of time: all students' first sitting, then all students' second.</summary>
internal sealed class ScoreRows(SchoolSystem system, ScoreModel model)
{
    public static readonly string Header =
        "studentId,teacherId,testId,schoolYear,testDate,status,overallScore,overallPerformanceLevel," +
        string.Join(',', TestPlan.Dimensions.Select(dimension => $"dimension:{dimension}"));

    /// <summary>Students times sittings; some are counted but not written, as nothing is known of them.</summary>
    public long Count => (long)system.Students * TestPlan.Sittings;

    /// <param name="corrected">Writes only scores that are corrected, as they are then.</param>
    /// <returns>Whether there is such a score.</returns>
    public bool Write(long index, CsvBuffer csv, bool corrected)
    {
        var (sitting, student) = ((int)(index / system.Students), (int)(index % system.Students));
        var status = model.Status(student, sitting);
        if (status is null || (corrected && !(status == ScoreModel.Scored && model.IsCorrected(student, sitting))))
        {
            return false;
        }

        var classroom = system.ClassroomOf(student);
        var school = system.Classrooms[classroom].School;
        var (year, testIndex) = TestPlan.Sitting(sitting);
        var test = TestPlan.Tests[testIndex];
        var overall = model.Overall(student, classroom, sitting, corrected);
        csv.StudentId(student).TeacherId(classroom).Plain(test.Id).Plain(SchoolPlan.SchoolYear(year))
            .Date(test.FirstDay(year).AddDays(model.Delay(school, sitting))).Plain(status);
        var isScored = status == ScoreModel.Scored;
        if (isScored)
        {
            Write(test, overall, csv).Number(ScoreModel.Level(overall));
        }
        else
        {
            csv.Empty().Empty();
        }

        foreach (var other in TestPlan.Tests)
        {
            for (var dimension = 0; dimension < other.Dimensions.Count; dimension++)
            {
                if (other == test && isScored)
                {
                    Write(test, model.Dimension(student, sitting, dimension, overall), csv);
                }
                else
                {
                    csv.Empty();
                }
            }
        }

        csv.EndRow();
        return true;
    }

    private static CsvBuffer Write(TestPlan.Test test, int halves, CsvBuffer csv) => test.IsInPercent ? csv.Halves(halves) : csv.Number(test.MinScore + halves);
}

/// <summary>
/// What a student scores: an average of 72, moved by the school (standard deviation 5), the classroom (3), the student (9), the subject, a gain every
/// year and the day (5); rounded to halves. Of a hundred sittings one is
/// missed, in one the student is absent or exempt, and three scores are corrected later.
/// </summary>
internal sealed class ScoreModel(SchoolSystem system, ulong seed)
{
    public const string Scored = "scored";

    private const int MaxHalves = 200;
    private readonly KeyedRandom _school = new(seed, 10);
    private readonly KeyedRandom _classroom = new(seed, 11);
    private readonly KeyedRandom _student = new(seed, 12);
    private readonly KeyedRandom _day = new(seed, 13);
    private readonly KeyedRandom _dimension = new(seed, 14);
    private readonly KeyedRandom _fate = new(seed, 15);

    /// <summary>Null where there is nothing of the sitting.</summary>
    public string? Status(int student, int sitting) => _fate.Below(Key(student, sitting), 200) switch
    {
        0 or 1 => null,
        2 => "absent",
        3 => "exempt",
        _ => Scored,
    };

    public bool IsCorrected(int student, int sitting) => _fate.Below(Key(student, sitting) + (1UL << 60), 100) < 3;

    /// <summary>Days after the first day of testing that the school tests.</summary>
    public int Delay(int school, int sitting) => _school.Below(((ulong)school << 8) + (ulong)sitting + 1, 10);

    /// <summary>The score in halves: 0 to 200.</summary>
    /// <param name="corrected">What it is after its correction, which differs.</param>
    public int Overall(int student, int classroom, int sitting, bool corrected)
    {
        var (year, test) = TestPlan.Sitting(sitting);
        var school = system.Classrooms[classroom].School;
        var ability = 72
            + (5 * _school.Normal((ulong)school << 8))
            + (3 * _classroom.Normal((ulong)classroom))
            + (8 * _student.Normal((ulong)student << 8))
            + (4 * _student.Normal(((ulong)student << 8) + 1 + (ulong)test))
            + (1.2 * (year - SchoolPlan.FirstYear))
            + (5 * _day.Normal(Key(student, sitting)));
        var halves = Clamp(ability * 2);
        return corrected ? Correct(halves, Key(student, sitting)) : halves;
    }

    /// <summary>A dimension's score in halves, around the overall one.</summary>
    public int Dimension(int student, int sitting, int dimension, int overallHalves) =>
        Clamp(overallHalves + (12 * _dimension.Normal((Key(student, sitting) << 4) + (ulong)dimension)));

    /// <summary>1 to 4.</summary>
    public static int Level(int halves) => halves switch { < 120 => 1, < 150 => 2, < 180 => 3, _ => 4 };

    private static ulong Key(int student, int sitting) => ((ulong)student << 8) + (ulong)sitting;

    private static int Clamp(double halves) => (int)Math.Clamp(Math.Round(halves), 0, MaxHalves);

    // By 1 to 10 halves, up or down, away from the end it would run into.
    private int Correct(int halves, ulong key)
    {
        var by = 1 + _fate.Below(key + (1UL << 61), 10);
        var up = _fate.Below(key + (1UL << 62), 2) == 0;
        return halves + (halves + by > MaxHalves || (!up && halves >= by) ? -by : by);
    }
}
