using Andi.Cli.Seed.Assessments;
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
        csv.Id("CQ", (int)index, 9).TeacherId(teacher).Plain(TestPlan.Tests[_detail.Below((ulong)index << 2, TestPlan.Tests.Count)].Subject).Number(classroom.Grade)
            .Instant(CoachingCalendar.Moment(fortnight, _time, (ulong)index)).Number((30 * 60) + _detail.Below(((ulong)index << 2) + 1, 25 * 60))
            .Number(Math.Max(1, classroom.Students - _detail.Below(((ulong)index << 2) + 2, 4)))
            .Fixed(corrected ? Correct(index, seen.Ciq) : seen.Ciq, 2).Fixed(seen.Equity, 2).Fixed(seen.WaitTime, 2).Fixed(seen.Engagement, 2).Fixed(seen.TalkRatio, 4)
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
