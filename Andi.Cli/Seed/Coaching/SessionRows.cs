using Andi.Cli.Seed.Schools;

namespace Andi.Cli.Seed.Coaching;

/// <summary>One observed session a fortnight, of which one in twenty is missed; three in a hundred are corrected later.</summary>
internal sealed class SessionRows(CoachedTeachers teachers, ulong seed)
{
    public const string Header =
        "sessionId,teacherId,subject,grade,startedAt,durationSeconds,studentCount,ciqScore,equityScore,waitTimeSeconds,studentEngagement,teacherTalkRatio," +
        "openQuestions,closedQuestions";

    private const int FullScore = 100_00;
    private readonly CoachedRows _rows = new(teachers, new KeyedRandom(seed, 23), 1, 95);
    private readonly SessionModel _model = new(teachers, seed);
    private readonly KeyedRandom _time = new(seed, 25);
    private readonly KeyedRandom _detail = new(seed, 26);
    private readonly KeyedRandom _fate = new(seed, 27);

    public long Count => _rows.Count;

    /// <param name="corrected">Writes only sessions that are corrected, as they are then.</param>
    /// <returns>Whether there is such a session.</returns>
    public bool Write(long index, CsvBuffer csv, bool corrected)
    {
        if (!_rows.TryFind(index, out var teacher, out var fortnight) || (corrected && _fate.Below((ulong)index, 100) >= 3))
        {
            return false;
        }

        var classroom = teachers.Classrooms[teacher];
        var seen = _model.Observe(index, teacher, fortnight);
        csv.Id("CQ", (int)index, 9).TeacherId(teacher).Plain(SchoolPlan.Subjects[_detail.Below((ulong)index << 2, SchoolPlan.Subjects.Count)])
            .Number(classroom.Grade)
            .Instant(CoachingCalendar.Moment(fortnight, _time, (ulong)index)).Number((30 * 60) + _detail.Below(((ulong)index << 2) + 1, 25 * 60))
            .Number(Math.Max(1, classroom.Students - _detail.Below(((ulong)index << 2) + 2, 4)))
            .Fixed(corrected ? Correct(index, seen.Ciq) : seen.Ciq, 2).Fixed(seen.Equity, 2).Fixed(seen.WaitTime, 2).Fixed(seen.Engagement, 2)
                .Fixed(seen.TalkRatio, 4)
            .Number(seen.OpenQuestions).Number(seen.ClosedQuestions);
        csv.EndRow();
        return true;
    }

    // By 0.25 to 5 points, away from the end it would run into.
    private int Correct(long index, int score)
    {
        var by = 25 * (1 + _fate.Below((ulong)index + (1UL << 60), 20));
        return score + by > FullScore ? score - by : score + by;
    }
}

/// <summary>
/// What is observed in a session. Coaching makes teachers wait longer for answers, most of it in the first year; where they wait, students say more and are
/// asked more openly, and the Classroom Impact Quotient follows.
/// </summary>
internal sealed class SessionModel(CoachedTeachers teachers, ulong seed)
{
    private const int Full = 100_00;
    private readonly KeyedRandom _day = new(seed, 24);

    public Observation Observe(long index, int teacher, int fortnight)
    {
        var practice = teachers.Practice(teacher, fortnight);
        var skill = teachers.Skill(teacher);
        var longer = (0.5 * skill) + (1.8 * practice / (practice + 12.0)) + (0.35 * Noise(index, 0));
        var engagement = 56 + (7 * longer) + (4 * skill) + (6 * Noise(index, 1));
        var equity = 54 + (5 * teachers.Climate(teacher)) + (3 * longer) + (3 * skill) + (6 * Noise(index, 2));
        var talk = 0.76 - (0.06 * longer) - (0.02 * skill) + (0.05 * Noise(index, 3));
        var ciq = 14 + (0.45 * engagement) + (0.25 * equity) + (20 * (1 - talk)) + (2.5 * Noise(index, 4));
        return new Observation(
            Clamp(ciq, Full, 100),
            Clamp(equity, Full, 100),
            Clamp(1.4 + longer, 10_00, 100),
            Clamp(engagement, Full, 100),
            Clamp(talk, 1_0000, 10_000),
            Clamp(5 + (3 * longer) + (2 * Noise(index, 5)), 60, 1),
            Clamp(32 - (3 * longer) + (5 * Noise(index, 6)), 90, 1));
    }

    private double Noise(long index, int value) => _day.Normal(((ulong)index << 3) + (ulong)value);

    private static int Clamp(double value, int max, int unitsOfOne) => (int)Math.Clamp(Math.Round(value * unitsOfOne), 0, max);

    /// <summary>All in units of their last decimal place: two for the first four, four for the ratio, none for the questions.</summary>
    internal readonly record struct Observation(int Ciq, int Equity, int WaitTime, int Engagement, int TalkRatio, int OpenQuestions, int ClosedQuestions);
}

/// <summary>Rows in the order of time: what happens to all teachers in the first fortnight, then what happens in the second.</summary>
/// <param name="perFortnight">Times at most that it happens to a teacher in a fortnight.</param>
/// <param name="percent">How many of a hundred of these times it does.</param>
internal sealed class CoachedRows(CoachedTeachers teachers, KeyedRandom random, int perFortnight, int percent)
{
    /// <summary>Rows that could be; those that are not are counted but not written.</summary>
    public long Count => (long)teachers.Classrooms.Count * perFortnight * CoachingCalendar.Fortnights;

    /// <summary>Whether there is a row of this index, and whose.</summary>
    public bool TryFind(long index, out int teacher, out int fortnight)
    {
        teacher = (int)(index / perFortnight % teachers.Classrooms.Count);
        fortnight = (int)(index / perFortnight / teachers.Classrooms.Count);
        return teachers.IsActive(teacher, fortnight) && random.Below((ulong)index, 100) < percent;
    }
}

/// <summary>What teachers do with the resources: a few of these much, most of them seldom.</summary>
internal sealed class UsageRows(CoachedTeachers teachers, ulong seed)
{
    public const string Header = "usageId,teacherId,resourceId,action,durationSeconds,rating,occurredAt";

    private readonly CoachedRows _rows = new(teachers, new KeyedRandom(seed, 30), 3, 60);
    private readonly KeyedRandom _time = new(seed, 31);
    private readonly KeyedRandom _detail = new(seed, 32);
    private readonly KeyedRandom _quality = new(seed, 33);

    public long Count => _rows.Count;

    /// <returns>Whether there is such a use.</returns>
    public bool Write(long index, CsvBuffer csv)
    {
        if (!_rows.TryFind(index, out var teacher, out var fortnight))
        {
            return false;
        }

        var key = (ulong)index << 3;
        var popularity = _detail.Fraction(key);
        var resource = (int)(ResourcePlan.Count * popularity * popularity);
        csv.Id("RU", (int)index, 10).TeacherId(teacher).ResourceId(resource);
        _ = _detail.Below(key + 1, 100) switch
        {
            < 50 => csv.Plain("view").Number(30 + _detail.Below(key + 2, 900)).Empty(),
            < 70 => csv.Plain("download").Empty().Empty(),
            < 85 => csv.Plain("complete").Number(300 + _detail.Below(key + 2, 2_700)).Empty(),
            < 92 => csv.Plain("share").Empty().Empty(),
            _ => csv.Plain("rate").Empty().Number(Rating(resource, key + 3)),
        };
        csv.Instant(CoachingCalendar.Moment(fortnight, _time, (ulong)index)).EndRow();
        return true;
    }

    // Around 3.8, moved by the resource and by the teacher's mood.
    private int Rating(int resource, ulong key) =>
        (int)Math.Clamp(Math.Round(3.8 + (0.5 * _quality.Normal((ulong)resource)) + (0.8 * _detail.Normal(key))), 1, 5);
}

/// <summary>What teachers do in the community's forums.</summary>
internal sealed class ActivityRows(CoachedTeachers teachers, ulong seed)
{
    public const string Header = "activityId,teacherId,kind,forum,occurredAt";

    private static readonly string[] Forums = ["Mathematics", "Reading", "Science", "Classroom talk", "New teachers", "Ask a coach"];
    private readonly CoachedRows _rows = new(teachers, new KeyedRandom(seed, 40), 2, 35);
    private readonly KeyedRandom _time = new(seed, 41);
    private readonly KeyedRandom _detail = new(seed, 42);

    public long Count => _rows.Count;

    /// <returns>Whether there is such an activity.</returns>
    public bool Write(long index, CsvBuffer csv)
    {
        if (!_rows.TryFind(index, out var teacher, out var fortnight))
        {
            return false;
        }

        var kind = _detail.Below((ulong)index << 1, 100) switch { < 20 => "post", < 50 => "reply", < 80 => "like", < 92 => "share", _ => "mentor" };
        csv.Id("CA", (int)index, 10).TeacherId(teacher).Plain(kind).Plain(Forums[_detail.Below(((ulong)index << 1) + 1, Forums.Length)])
            .Instant(CoachingCalendar.Moment(fortnight, _time, (ulong)index)).EndRow();
        return true;
    }
}
