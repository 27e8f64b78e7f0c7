using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.Warehouse.Client;
using Andi.Warehouse.Ingest;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>
/// A state of two districts: D1 with the schools C1 (teachers T1 and T2) and C2 (teacher T3), D2 with C3. Two tests. Small enough to compute by hand.
/// </summary>
internal sealed class World(ClickHouseClient client, ExactlyOnceSettings settings)
{
    private readonly LandingWriter _writer = new(client, settings, generation: 1);
    private ulong _lsn = 100;

    public static DateOnly Today { get; } = DateOnly.FromDateTime(DateTime.UtcNow);

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await PutAsync("districts", cancellationToken, District("D1", "Northside"), District("D2", "Southside"));
        await PutAsync("schools", cancellationToken, School("C1", "Hill", "D1"), School("C2", "Lake", "D1"), School("C3", "Mill", "D2"));
        await PutAsync(
            "teachers", cancellationToken,
            Teacher("T1", "Ms. Ada", "C1"), Teacher("T2", "Mr. Bo", "C1"), Teacher("T3", "Ms. Cy", "C2"), Teacher("T4", "Mr. Di", "C3"));
        await PutAsync("students", cancellationToken, [.. Enumerable.Range(1, 9).Select(n => Student($"P{n}", $"Pupil {n}"))]);
        await PutAsync("tests", cancellationToken, Test("X1", "Spring math", "math"), Test("X2", "Spring reading", "reading"));
        await ScoresAsync(
            cancellationToken,
            Score("P1", "T1", "C1", "D1", "X1", 95m, 4),
            Score("P2", "T1", "C1", "D1", "X1", 80m, 3),
            Score("P3", "T1", "C1", "D1", "X1", 70.5m, 2),
            Score("P4", "T1", "C1", "D1", "X1", 60.25m, 1),
            Score("P1", "T1", "C1", "D1", "X2", 88m, 3),
            Score("P5", "T2", "C1", "D1", "X1", 50m, 1),
            Score("P6", "T3", "C2", "D1", "X1", 77m, 2),
            Score("P7", "T4", "C3", "D2", "X1", 77m, 2));
    }

    public Task ScoresAsync(CancellationToken cancellationToken, params ScoreRow[] rows) =>
        LandAsync("scores", rows.Select(row => new Change<ScoreRow>(null, row, NextPosition())), LandingWriter.Columns, cancellationToken);

    public Task RemoveScoresAsync(CancellationToken cancellationToken, params ScoreRow[] rows) =>
        LandAsync("scores", rows.Select(row => new Change<ScoreRow>(row, null, NextPosition())), LandingWriter.Columns, cancellationToken);

    /// <summary>Inserts of a dimension's rows.</summary>
    public Task PutAsync(string table, CancellationToken cancellationToken, params Row[] rows) =>
        LandAsync(table, rows.Select(row => new Change<Row>(null, row, NextPosition())), row => new Row(row), cancellationToken);

    public Task ChangeAsync(string table, Row? before, Row? after, CancellationToken cancellationToken) =>
        LandAsync(table, [new Change<Row>(before, after, NextPosition())], row => new Row(row), cancellationToken);

    public static Row District(string id, string name) => new() { ["district_id"] = id, ["name"] = name, ["state_id"] = "ST" };

    public static Row School(string id, string name, string district) => new() { ["school_id"] = id, ["name"] = name, ["district_id"] = district };

    public static Row Teacher(string id, string name, string school) =>
        new() { ["teacher_id"] = id, ["name"] = name, ["school_id"] = school, ["email"] = null };

    public static Row Student(string id, string name) => new() { ["student_id"] = id, ["name"] = name, ["grade"] = "5", ["school_id"] = "C1" };

    public static Row Test(string id, string name, string subject) => new()
    {
        ["test_id"] = id,
        ["name"] = name,
        ["subject"] = subject,
        ["min_score"] = 0,
        ["max_score"] = 100,
        ["decimals"] = 2,
        ["bands"] = """[{"from": 90, "name": "Excellent"}, {"from": 80, "name": "Good"}, {"from": 70, "name": "Fair"}, {"from": 0, "name": "Low"}]""",
        ["levels"] = """["Below basic", "Basic", "Proficient", "Advanced"]""",
    };

    /// <summary>A test on a scale of its own, with two bands.</summary>
    public static Row Rit(string id) => new(Test(id, "Growth", "reading"))
    {
        ["min_score"] = 100,
        ["max_score"] = 350,
        ["decimals"] = 0,
        ["bands"] = """[{"from": 215, "name": "High"}, {"from": 100, "name": "Low"}]""",
    };

    public static ScoreRow Score(string student, string teacher, string school, string district, string test, decimal score, int level) => new(
        $"{student}-{test}", student, teacher, test, "2025-2026", Today, "scored", score, level,
        new Dictionary<string, decimal> { ["logic"] = score - 10, ["speed"] = 40m }, school, district, "ST", "5");

    private UInt128 NextPosition() => (UInt128)_lsn++ << 32;

    private Task LandAsync<T>(string table, IEnumerable<Change<T>> changes, Func<T, Row> columns, CancellationToken cancellationToken)
        where T : class => _writer.InsertAsync($"{table}_changes", _writer.Rows(changes, columns), $"world/{table}/{_lsn}/{Guid.NewGuid()}", cancellationToken);
}
