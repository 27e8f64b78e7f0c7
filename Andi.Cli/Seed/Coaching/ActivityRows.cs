using Andi.Cli.Seed.Schools;

namespace Andi.Cli.Seed.Coaching;

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
