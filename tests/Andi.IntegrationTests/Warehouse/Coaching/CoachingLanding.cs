using Andi.IntegrationTests.Warehouse.Assessments;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Andi.IntegrationTests.Warehouse.Coaching;

/// <summary>Lands a history's changes, and any batch now and then again with the token it had.</summary>
internal sealed class CoachingLanding(LandingWriter writer, string name, Random random, CancellationToken cancellationToken)
{
    private readonly List<(string Table, byte[] Rows, string Token)> _sent = [];

    public async Task BatchAsync(CoachingHistory history)
    {
        await SendAsync("ciq_sessions_changes", writer.Rows(history.NextSessions(random.Next(1, 60)), SessionRow.Columns));
        await SendAsync("resource_usage_changes", writer.Rows(history.NextUses(random.Next(1, 60)), UseRow.Columns));
        await SendAsync("community_activity_changes", writer.Rows(history.NextActivities(random.Next(1, 60)), ActivityRow.Columns));
    }

    /// <summary>
    /// Two districts of a state, three schools, four teachers of whom T4 never does a thing (T3, who does, is not known any more), and three of the four
    /// resources.
    /// </summary>
    public async Task NamesAsync()
    {
        await PutAsync(
            "districts_changes",
            Enumerable.Range(0, 2).Select(n => new Row { ["district_id"] = $"D{n}", ["name"] = $"District {n}", ["state_id"] = CoachingRows.State }));
        await PutAsync(
            "schools_changes",
            Enumerable.Range(0, 3).Select(n => new Row { ["school_id"] = $"C{n}", ["name"] = $"School {n}", ["district_id"] = $"D{n / 2}" }));
        await PutAsync(
            "teachers_changes",
            new[] { 0, 1, 2, 4 }.Select(n => new Row { ["teacher_id"] = $"T{n}", ["name"] = $"Teacher {n}", ["school_id"] = $"C{n % 3}", ["email"] = null }));
        await PutAsync("resources_changes", Enumerable.Range(0, 3).Select(n => new Row
        {
            ["resource_id"] = $"R{n}",
            ["title"] = $"Resource {n}",
            ["kind"] = "video",
            ["subject"] = "math",
            ["grade_band"] = "3-5",
        }));
    }

    private Task PutAsync(string table, IEnumerable<Row> rows) =>
        SendAsync(table, writer.Rows(rows.Select((row, n) => new Change<Row>(null, row, (UInt128)(ulong)(n + 1) << 32)), row => new Row(row)));

    private async Task SendAsync(string table, byte[] rows)
    {
        _sent.Add((table, rows, $"{name}/{_sent.Count}"));
        await writer.InsertAsync(table, rows, _sent[^1].Token, cancellationToken);
        var again = _sent[random.Next(_sent.Count)];
        await writer.InsertAsync(again.Table, again.Rows, again.Token, cancellationToken);
    }
}
