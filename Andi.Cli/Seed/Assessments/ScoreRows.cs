using Andi.Cli.Seed.Schools;

namespace Andi.Cli.Seed.Assessments;

/// <summary>The scores in the order of time: all students' first sitting, then all students' second.</summary>
internal sealed class ScoreRows(SchoolSystem system, ScoreModel model)
{
    public static readonly string Header =
        "studentId,teacherId,testId,schoolYear,testDate,overallScore,overallPerformanceLevel," +
        string.Join(',', TestPlan.Dimensions.Select(dimension => $"dimension:{dimension}"));

    /// <summary>Students times sittings; missed ones are counted but not written.</summary>
    public long Count => (long)system.Students * TestPlan.Sittings;

    /// <param name="corrected">Writes only scores that are corrected, as they are then.</param>
    /// <returns>Whether there is such a score.</returns>
    public bool Write(long index, CsvBuffer csv, bool corrected)
    {
        var (sitting, student) = ((int)(index / system.Students), (int)(index % system.Students));
        if (model.IsMissed(student, sitting) || (corrected && !model.IsCorrected(student, sitting)))
        {
            return false;
        }

        var classroom = system.ClassroomOf(student);
        var school = system.Classrooms[classroom].School;
        var (year, testIndex) = TestPlan.Sitting(sitting);
        var test = TestPlan.Tests[testIndex];
        var overall = model.Overall(student, classroom, sitting, corrected);
        csv.StudentId(student).TeacherId(classroom).Plain(test.Id).Plain(TestPlan.SchoolYear(year))
            .Date(test.FirstDay(year).AddDays(model.Delay(school, sitting))).Halves(overall).Number(ScoreModel.Level(overall));
        foreach (var other in TestPlan.Tests)
        {
            for (var dimension = 0; dimension < other.Dimensions.Count; dimension++)
            {
                if (other == test)
                {
                    csv.Halves(model.Dimension(student, sitting, dimension, overall));
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
}
