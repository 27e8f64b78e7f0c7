using Andi.Cli.Seed.Assessments;

namespace Andi.Cli.Seed.Coaching;

/// <summary>The fortnights in which teachers are coached: 18 a school year from September on, for the years in which there are tests.</summary>
internal static class CoachingCalendar
{
    public const int Fortnights = FortnightsAYear * TestPlan.Years;

    private const int FortnightsAYear = 18;
    private const int SchoolDays = 10;
    private const int FirstHour = 13;
    private const int Minutes = 8 * 60;

    /// <summary>A moment of a school day of the fortnight, between 13:00 and 21:00 UTC.</summary>
    public static DateTime Moment(int fortnight, KeyedRandom random, ulong key)
    {
        var day = random.Below(key, SchoolDays);
        var monday = FirstMonday(TestPlan.FirstYear + (fortnight / FortnightsAYear)).AddDays(fortnight % FortnightsAYear * 14);
        return monday.AddDays(day + (day / 5 * 2)).AddHours(FirstHour).AddMinutes(random.Below(key + (1UL << 60), Minutes)).AddSeconds(random.Below(key + (1UL << 61), 60));
    }

    private static DateTime FirstMonday(int year)
    {
        var september = new DateTime(year, 9, 1, 0, 0, 0, DateTimeKind.Utc);
        return september.AddDays((DayOfWeek.Monday - september.DayOfWeek + 7) % 7);
    }
}
