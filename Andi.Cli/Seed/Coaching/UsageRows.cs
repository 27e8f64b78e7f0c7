using Andi.Cli.Seed.Schools;

namespace Andi.Cli.Seed.Coaching;

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
    private int Rating(int resource, ulong key) => (int)Math.Clamp(Math.Round(3.8 + (0.5 * _quality.Normal((ulong)resource)) + (0.8 * _detail.Normal(key))), 1, 5);
}
