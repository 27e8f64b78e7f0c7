namespace Andi.Cli.Seed.Coaching;

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
