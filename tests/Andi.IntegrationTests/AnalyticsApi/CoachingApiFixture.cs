using Andi.IntegrationTests.Warehouse.Coaching;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>
/// The API over <see cref="World"/>'s schools with some coaching, small enough to compute by hand: five lessons in two months, three months ago and
/// after, five uses of two resources, three contributions.
/// </summary>
public sealed class CoachingApiFixture(EnginesFixture engines) : IAsyncLifetime
{
    /// <summary>The first day of the month in which it begins.</summary>
    public static DateOnly First { get; } = CoachingRows.FirstOfMonth(World.Today).AddMonths(-3);

    /// <summary>A day of the month after, more than 28 days behind all others.</summary>
    public static DateOnly Later { get; } = First.AddMonths(1).AddDays(5);

    public AnalyticsApiFixture Api { get; } = new(engines);

    public async ValueTask InitializeAsync()
    {
        await Api.InitializeAsync();
        var world = Api.World;
        await world.PutAsync("ciq_sessions", CancellationToken.None, [.. new[]
        {
            Session("S1", "T1", "C1", First, 1800, 20, 60, 50, 1, 40, 0.8m, 1, 3),
            Session("S2", "T1", "C1", First.AddDays(1), 1800, 24, 80, 70, 3, 60, 0.6m, 3, 1),
            Session("S3", "T1", "C1", Later, 3600, 22, 90, 90, 4, 80, 0.4m, 0, 0),
            Session("S4", "T2", "C1", First, 900, 18, 70, 60, 2, 50, 0.5m, 2, 2),
            Session("S5", "T3", "C2", First, 900, 16, 50, 100, 2, 30, 0.9m, 0, 4),
        }.Select(SessionRow.Columns)]);
        await world.PutAsync("resources", CancellationToken.None, Resource("R1", "Waiting well"), Resource("R2", "Open questions"));
        await world.PutAsync("resource_usage", CancellationToken.None, [.. new[]
        {
            Use("U1", "R1", "T1", "view", 60, null), Use("U2", "R1", "T1", "complete", 120, null),
            Use("U3", "R1", "T2", "rate", null, 4), Use("U4", "R1", "T2", "rate", null, 5),
            Use("U5", "R2", "T3", "download", null, null),
        }.Select(UseRow.Columns)]);
        await world.PutAsync("community_activity", CancellationToken.None, [.. new[]
        {
            Activity("A1", "T1", "post", "math"), Activity("A2", "T2", "reply", "math"), Activity("A3", "T1", "like", "beginners"),
        }.Select(ActivityRow.Columns)]);
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    internal static SessionRow Session(
        string id, string teacher, string school, DateOnly day, int seconds, int students,
        decimal ciq, decimal equity, decimal wait, decimal engagement, decimal talk, int open, int closed) =>
        new(id, teacher, "math", "5", Noon(day), seconds, students, ciq, equity, wait, engagement, talk, open, closed, school, "D1");

    internal static UseRow Use(string id, string resource, string teacher, string action, int? seconds, int? rating) =>
        new(id, resource, teacher, action, seconds, rating, Noon(First), "C1", "D1");

    private static ActivityRow Activity(string id, string teacher, string kind, string forum) => new(id, teacher, kind, forum, Noon(First), "C1", "D1");

    internal static Dictionary<string, object?> Resource(string id, string title) => new()
    {
        ["resource_id"] = id,
        ["title"] = title,
        ["kind"] = "video",
        ["subject"] = "math",
        ["grade_band"] = "3-5",
    };

    private static DateTime Noon(DateOnly day) => day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
}
