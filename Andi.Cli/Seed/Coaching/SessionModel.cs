namespace Andi.Cli.Seed.Coaching;

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
