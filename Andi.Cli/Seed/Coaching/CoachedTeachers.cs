using Andi.Cli.Seed.Schools;

namespace Andi.Cli.Seed.Coaching;

/// <summary>
/// Which teachers are coached when, and how good they are. Four in ten begin with the first fortnight, one in ten never, the others one after the other
/// within two years; one in five of those who began ends again.
/// </summary>
internal sealed class CoachedTeachers(SchoolSystem system, ulong seed)
{
    private readonly KeyedRandom _adoption = new(seed, 20);
    private readonly KeyedRandom _skill = new(seed, 21);
    private readonly KeyedRandom _school = new(seed, 22);

    public IReadOnlyList<SchoolSystem.Classroom> Classrooms => system.Classrooms;

    public bool IsActive(int teacher, int fortnight) => Practice(teacher, fortnight) >= 0 && fortnight < End(teacher);

    /// <summary>Fortnights since the teacher began; below 0 before.</summary>
    public int Practice(int teacher, int fortnight) => fortnight - Begin(teacher);

    /// <summary>Mean 0, standard deviation 1.</summary>
    public double Skill(int teacher) => _skill.Normal((ulong)teacher);

    /// <summary>Of the teacher's school: mean 0, standard deviation 1.</summary>
    public double Climate(int teacher) => _school.Normal((ulong)system.Classrooms[teacher].School);

    private int Begin(int teacher) => _adoption.Below((ulong)teacher << 2, 10) switch
    {
        < 4 => 0,
        9 => CoachingCalendar.Fortnights,
        _ => 1 + _adoption.Below(((ulong)teacher << 2) + 1, CoachingCalendar.Fortnights * 2 / 3),
    };

    private int End(int teacher) => _adoption.Below(((ulong)teacher << 2) + 2, 5) == 0
        ? Begin(teacher) + 3 + _adoption.Below(((ulong)teacher << 2) + 3, CoachingCalendar.Fortnights / 2)
        : CoachingCalendar.Fortnights;
}
