using Andi.Cli.Seed.Schools;

namespace Andi.Cli.Seed.Coaching;

/// <summary>
/// Resources, observed sessions and the corrections of some of them, usage and community activity of the teachers.
/// </summary>
internal sealed class CoachingArea : SubjectArea
{
    public override string Name => "coaching";

    public override IReadOnlyList<string> DependsOn => ["schools"];

    public override IReadOnlyList<SeedFile> Files(int students, ulong seed)
    {
        var teachers = new CoachedTeachers(new SchoolSystem(students, seed), seed);
        var sessions = new SessionRows(teachers, seed);
        var usage = new UsageRows(teachers, seed);
        var activity = new ActivityRows(teachers, seed);
        return
        [
            SeedFile.Entities("resources", "resourceId,title,kind,subject,gradeBand", ResourcePlan.Count, ResourcePlan.Write),
            // Kept where they are there already, corrected or not: a seed that runs again changes nothing.
            Records("ciq sessions", "ciq_sessions", "keep", SessionRows.Header, sessions.Count, (index, csv) => sessions.Write(index, csv, corrected: false)),
            Records("session corrections", "ciq_sessions", "upsert", SessionRows.Header, sessions.Count, (index, csv) =>
                sessions.Write(index, csv, corrected: true)),
            Records("resource usage", "resource_usage", "keep", UsageRows.Header, usage.Count, usage.Write),
            Records("community activity", "community_activity", "keep", ActivityRows.Header, activity.Count, activity.Write),
        ];
    }

    private static SeedFile Records(string title, string entity, string mode, string header, long count, Func<long, CsvBuffer, bool> write) => new()
    {
        Title = title,
        Entity = entity,
        Mode = mode,
        Header = header,
        Count = count,
        Write = write,
    };
}

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

/// <summary>The fortnights in which teachers are coached: 18 a school year from September on, for the years in which there is data.</summary>
internal static class CoachingCalendar
{
    public const int Fortnights = FortnightsAYear * SchoolPlan.Years;

    private const int FortnightsAYear = 18;
    private const int SchoolDays = 10;
    private const int FirstHour = 13;
    private const int Minutes = 8 * 60;

    /// <summary>A moment of a school day of the fortnight, between 13:00 and 21:00 UTC.</summary>
    public static DateTime Moment(int fortnight, KeyedRandom random, ulong key)
    {
        var day = random.Below(key, SchoolDays);
        var monday = FirstMonday(SchoolPlan.FirstYear + (fortnight / FortnightsAYear)).AddDays(fortnight % FortnightsAYear * 14);
        return monday.AddDays(day + (day / 5 * 2)).AddHours(FirstHour).AddMinutes(random.Below(key + (1UL << 60), Minutes))
            .AddSeconds(random.Below(key + (1UL << 61), 60));
    }

    private static DateTime FirstMonday(int year)
    {
        var september = new DateTime(year, 9, 1, 0, 0, 0, DateTimeKind.Utc);
        return september.AddDays((DayOfWeek.Monday - september.DayOfWeek + 7) % 7);
    }
}

/// <summary>The resources: one of every kind for every topic, subject and band of grades.</summary>
internal static class ResourcePlan
{
    private static readonly string[] Kinds = ["video", "lesson plan", "worksheet", "article"];
    private static readonly string[] GradeBands = ["3-5", "6-8"];
    private static readonly string[] Topics = ["Wait time", "Open questions", "Every voice", "Talk moves"];

    public static int Count => Kinds.Length * GradeBands.Length * Topics.Length * SchoolPlan.Subjects.Count;

    public static CsvBuffer ResourceId(this CsvBuffer csv, int resource) => csv.Id("R", resource, 4);

    /// <summary>Writes the row, but its end.</summary>
    public static CsvBuffer Write(int resource, CsvBuffer csv)
    {
        var (kind, rest) = (Kinds[resource % Kinds.Length], resource / Kinds.Length);
        var (band, others) = (GradeBands[rest % GradeBands.Length], rest / GradeBands.Length);
        var (topic, subject) = (Topics[others % Topics.Length], SchoolPlan.Subjects[others / Topics.Length]);
        return csv.ResourceId(resource).Quoted($"{topic} in {subject}, grades {band}: {kind}").Plain(kind).Plain(subject).Plain(band);
    }
}
