using System.Globalization;
using System.Text.Json;
using Andi.Testing;

namespace Andi.IntegrationTests.Operations;

/// <summary>A backup taken under write load comes back, whole and equal, into an empty system, and only there.</summary>
public sealed class BackupTests(EnginesFixture engines) : IAsyncLifetime
{
    private const int Differs = 3;

    private readonly AndiUnderTest _source = new(engines);
    private readonly AndiUnderTest _target = new(engines);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _source.InitializeAsync();
        await _target.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Backup_under_write_load_is_one_position_of_both_stores_and_comes_back_equal()
    {
        var changes = new SchoolChanges(_source, 41);
        await changes.CreateAsync();
        await changes.ChangeAsync(40);
        await _source.ExecuteAsync("CREATE SEQUENCE public.numbers; SELECT nextval('public.numbers') FROM generate_series(1, 5)");
        await _target.ExecuteAsync("CREATE SEQUENCE public.numbers");
        var folder = Path.Combine(TestState.Empty("backup"), "one");

        var backup = await UnderLoadAsync(() => _source.RunAsync("backup", folder, "--json"));
        backup.Code.ShouldBe(0, backup.Output + backup.Error);
        var told = JsonDocument.Parse(backup.Output).RootElement;
        told.GetProperty("warnings").GetArrayLength().ShouldBe(0, backup.Output);
        (await _source.LedgerAsync<long>("SELECT count(*) FROM holds")).ShouldBe(0);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(folder, "postgres", "public.scores.copy.gz")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await _source.RunAsync("backup", folder)).Error.ShouldContain("is not empty");
        (await _source.RunAsync("restore", folder)).Error.ShouldContain("not empty");
        await RefusesWhatIsDamagedAsync(folder);

        // What a restore that was cut off has left behind is replaced. (An insert derives a name from it, which a restore does not.)
        await _target.WarehouseAsync("INSERT INTO staging.districts_changes (district_id, _sign, _generation, _committed_at) VALUES ('left', 1, 0, now())");
        await _target.WarehouseAsync("TRUNCATE TABLE dims.districts");
        var restored = await _target.RunAsync("restore", folder, "--json");
        restored.Code.ShouldBe(0, restored.Output + restored.Error);
        var answer = JsonDocument.Parse(restored.Output).RootElement;
        answer.GetProperty("position").GetString().ShouldBe(told.GetProperty("position").GetString());
        var findings = answer.GetProperty("check").GetProperty("findings").EnumerateArray().ToList();
        findings.Sum(finding => finding.GetProperty("differences").GetInt64()).ShouldBe(0);
        findings.Where(finding => finding.GetProperty("part").GetString() == "rows").Sum(finding => finding.GetProperty("compared").GetInt64())
            .ShouldBeGreaterThan(100);

        await IsOnePositionAsync(told.GetProperty("postgresRows").GetInt64(), told.GetProperty("clickHouseRows").GetInt64());
        (await _target.SourceAsync<long>("SELECT nextval('public.numbers')")).ShouldBe(6);

        // Life goes on.
        await new SchoolChanges(_target, 42).ChangeAsync(20);
        var check = await _target.RunAsync("check");
        check.Code.ShouldBe(0, check.Output + check.Error);
        (await _target.RunAsync("restore", folder)).Error.ShouldContain("not empty");

        // A backup of what was restored has the history of before, too.
        var again = await _target.RunAsync("backup", Path.Combine(TestState.Empty("backup-again"), "two"), "--json");
        again.Code.ShouldBe(0, again.Output + again.Error);
        JsonDocument.Parse(again.Output).RootElement.GetProperty("clickHouseRows").GetInt64()
            .ShouldBe(
                await _target.WarehouseAsync<long>("SELECT sum(total_rows) FROM system.tables WHERE database = 'staging' AND endsWith(name, '_changes')"));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Warehouse_that_does_not_follow_is_told_and_one_that_differs_is_found()
    {
        await new SchoolChanges(_source, 43).CreateAsync();
        var folder = Path.Combine(TestState.Empty("backup-lag"), "one");
        (await _source.RunAsync("backup", folder)).Code.ShouldBe(0);

        await _source.StopAsync(_source.Ingestor);
        await _source.ExecuteAsync("UPDATE districts SET name = 'Later'");
        var late = await _source.RunAsync("backup", Path.Combine(TestState.Empty("backup-late"), "one"), "--wait", "00:00:02");
        (late.Code, late.Error.Contains("did not reach", StringComparison.Ordinal)).ShouldBe((1, true), late.Error);
        (await _target.RunAsync("restore", Path.Combine(TestState.Root, "backup-late", "one"))).Error.ShouldContain("manifest.json is missing");

        // A warehouse that gets a row wrong: the check behind the restore sees it.
        await _target.WarehouseAsync("DROP VIEW dims.districts_from_changes");
        var differs = await _target.RunAsync("restore", folder);
        differs.Code.ShouldBe(Differs, differs.Output + differs.Error);
        differs.Output.ShouldContain("dims.districts");
    }

    /// <summary>While pairs of rows are written, each pair in one transaction, numbered without a gap.</summary>
    private async Task<T> UnderLoadAsync<T>(Func<Task<T>> work)
    {
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await _source.ExecuteAsync($"""
                    INSERT INTO districts VALUES ('load{i}', 'Load', 'CA');
                    INSERT INTO schools VALUES ('load{i}', 'Load', 'load{i}');
                    UPDATE teachers SET name = 'Load {i}' WHERE teacher_id = 'T1'
                    """);
            }
        }, Cancellation);
        try
        {
            return await work();
        }
        finally
        {
            await stop.CancelAsync();
            await writing;
        }
    }

    private async Task RefusesWhatIsDamagedAsync(string folder)
    {
        var file = Path.Combine(folder, "clickhouse", "staging.scores_changes.native.gz");
        var content = await File.ReadAllBytesAsync(file, Cancellation);
        byte[] damaged = [.. content];
        damaged[damaged.Length / 2] ^= 1;
        await RefusesAsync(() => File.WriteAllBytes(file, damaged), "staging.scores_changes.native.gz");
        await RefusesAsync(() => File.WriteAllBytes(file, content[..^1]), "staging.scores_changes.native.gz");
        await RefusesAsync(() => File.Delete(file), "staging.scores_changes.native.gz is missing");
        await File.WriteAllBytesAsync(file, content, Cancellation);

        var manifest = Path.Combine(folder, "manifest.json");
        var whole = await File.ReadAllTextAsync(manifest, Cancellation);
        await RefusesAsync(() => File.Delete(manifest), "manifest.json is missing");
        await RefusesAsync(() => File.WriteAllText(manifest, whole[..(whole.Length / 2)]), "manifest.json is damaged");
        await RefusesAsync(
            () => File.WriteAllText(manifest, whole.Replace("postgres/public.tests", "../public.tests", StringComparison.Ordinal)), "../public.tests");
        await RefusesAsync(
            () => File.WriteAllText(manifest, whole.Replace("InitialAssessments", "Another", StringComparison.Ordinal)), "Another is not applied");
        await File.WriteAllTextAsync(manifest, whole, Cancellation);
        (await _target.SourceAsync<long>("SELECT count(*) FROM districts")).ShouldBe(0);
        (await _target.WarehouseAsync<long>("SELECT count() FROM staging.districts_changes")).ShouldBe(0);

        async Task RefusesAsync(Action damage, string why)
        {
            damage();
            var refused = await _target.RunAsync("restore", folder);
            refused.Code.ShouldBe(1, refused.Output);
            refused.Error.ShouldContain(why);
        }
    }

    private async Task IsOnePositionAsync(long postgresRows, long clickHouseRows)
    {
        // PostgreSQL is at one position: of the pairs those up to one are there, all of them, with the teacher of the last.
        var last = await _target.SourceAsync<long>("SELECT count(*) - 1 FROM schools WHERE school_id LIKE 'load%'");
        last.ShouldBeGreaterThanOrEqualTo(0);
        (await _target.SourceAsync<long>("SELECT count(*) FROM districts WHERE district_id LIKE 'load%'")).ShouldBe(last + 1);
        (await _target.SourceAsync<long>("SELECT max(substr(school_id, 5)::bigint) FROM schools WHERE school_id LIKE 'load%'")).ShouldBe(last);
        (await _target.SourceAsync<string>("SELECT name FROM teachers WHERE teacher_id = 'T1'")).ShouldBe($"Load {last}");

        // So is the warehouse's history: the rows that stand in it are PostgreSQL's, and what was taken back before is in it, too.
        (await _target.WarehouseAsync<long>("SELECT sum(total_rows) FROM system.tables WHERE database = 'staging' AND endsWith(name, '_changes')"))
            .ShouldBe(clickHouseRows + postgresRows);
        var standing = await _target.WarehouseAsync<string>("""
            SELECT arrayStringConcat(arraySort(groupArray(row)), '\n') FROM
            (
                SELECT concat(score_id, '|', teacher_id, '|', toString(overall_score)) AS row
                FROM staging.scores_changes WHERE _generation = 0 GROUP BY row HAVING sum(_sign) > 0
            )
            """);
        standing.ShouldBe(await _target.SourceAsync<string>("""
            SELECT string_agg(row, E'\n' ORDER BY row COLLATE "C") FROM
            (SELECT concat(score_id, '|', teacher_id, '|', trim_scale(overall_score)) AS row FROM scores) AS rows
            """));
        (await _target.WarehouseAsync<long>("SELECT count() FROM staging.scores_changes WHERE _generation = 0 AND _sign = -1")).ShouldBeGreaterThan(0);
        (await _target.WarehouseAsync<long>("SELECT count() FROM facts.student_scores WHERE _generation = 0")).ShouldBe(0);
        (await _target.WarehouseAsync<string>(
            "SELECT argMax(name, _position) FROM staging.teachers_changes WHERE _generation = 0 AND teacher_id = 'T1' AND _sign = 1"))
            .ShouldBe(string.Create(CultureInfo.InvariantCulture, $"Load {last}"));
    }
}
