using Andi.Cli.Seed.Schools;

namespace Andi.Cli.Seed.Coaching;

/// <summary>Resources, observed sessions and the corrections of some of them, usage and community activity, of the teachers that the assessments have.</summary>
internal sealed class CoachingSeed : SeedArea
{
    public override string Name => "coaching";

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
            Records("session corrections", "ciq_sessions", "upsert", SessionRows.Header, sessions.Count, (index, csv) => sessions.Write(index, csv, corrected: true)),
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
