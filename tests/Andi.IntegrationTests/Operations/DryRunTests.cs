using System.Text.Json;
using Andi.IntegrationTests.Warehouse;
using Andi.Testing;
using Npgsql;

namespace Andi.IntegrationTests.Operations;

/// <summary>A dry run tells what a migration would do, and does none of it.</summary>
public sealed class DryRunTests(EnginesFixture engines) : IAsyncLifetime
{
    private readonly ClickHouseFixture _clickHouse = new();

    public ValueTask InitializeAsync() => _clickHouse.InitializeAsync();

    public ValueTask DisposeAsync() => _clickHouse.DisposeAsync();

    [Fact]
    [Trait("Category", "Long")]
    public async Task What_a_dry_run_tells_is_what_migrate_then_does()
    {
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__oltp"] = await engines.CreateDatabaseAsync(TestContext.Current.CancellationToken),
            ["ConnectionStrings__ingest"] = await engines.CreateDatabaseAsync(TestContext.Current.CancellationToken),
            ["ConnectionStrings__warehouse"] =
                $"Host=127.0.0.1;Port={_clickHouse.Options.Endpoint.Port};Username=default;Password=\"{_clickHouse.Options.Password}\"",
        };
        var told = await RunAsync("migrate", "--dry-run", "--json");
        told.GetProperty("dryRun").GetBoolean().ShouldBeTrue();
        Changes(told, "ingest").ShouldContain("partitions.pending_columns");
        Changes(told, "warehouse").ShouldContain(path => path.EndsWith("V003__revoked_fences.sql", StringComparison.Ordinal));
        (await TablesAsync("oltp"), await TablesAsync("ingest")).ShouldBe((0, 0));
        (await _clickHouse.Client.ScalarAsync<long>(
            new("SELECT count() FROM system.tables WHERE database IN ('staging', 'facts', 'dims', 'agg')"), TestContext.Current.CancellationToken))
            .ShouldBe(0);

        var done = await RunAsync("migrate", "--json");
        done.GetProperty("dryRun").GetBoolean().ShouldBeFalse();
        foreach (var store in (string[])["oltp", "ingest", "warehouse"])
        {
            Changes(done, store).ShouldBe(Changes(told, store));
        }

        // Other years: told, then set, then there.
        foreach (var isDryRun in (bool[])[true, false])
        {
            var years = await RunAsync([.. (string[])(isDryRun ? ["migrate", "--dry-run"] : ["migrate"]), "--json", "--retention-years", "7"]);
            Changes(years, "warehouse").ShouldBe(["retention: 7 years"]);
        }

        var nonsense = await Cli.CommandLine.RunAsync(TestState.Empty("dry-run"), environment, "migrate", "--retention-years", "50");
        nonsense.Code.ShouldNotBe(0);
        nonsense.Error.ShouldContain("'50' is not a number of years from 1 to 49 (--retention-years).");

        // A table that is missing.
        await using var ledger = NpgsqlDataSource.Create(environment["ConnectionStrings__ingest"]);
        await using var drop = ledger.CreateCommand("DROP TABLE holds");
        await drop.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var again = await RunAsync("migrate", "--dry-run", "--json");
        (Changes(again, "oltp").Length, Changes(again, "warehouse").Length).ShouldBe((0, 0));
        Changes(again, "ingest").ShouldBe(["holds.name", "holds.holder", "holds.expires_at"]);

        async Task<JsonElement> RunAsync(params string[] arguments)
        {
            var outcome = await Cli.CommandLine.RunAsync(TestState.Empty("dry-run"), environment, arguments);
            outcome.Code.ShouldBe(0, outcome.Error);
            return JsonDocument.Parse(outcome.Output).RootElement;
        }

        async Task<long> TablesAsync(string store)
        {
            await using var database = NpgsqlDataSource.Create(environment[$"ConnectionStrings__{store}"]);
            await using var count = database.CreateCommand("SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')");
            return (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }
    }

    private static string[] Changes(JsonElement output, string store) =>
    [
        .. output.GetProperty("stores").EnumerateArray().Single(one => one.GetProperty("store").GetString() == store)
            .GetProperty("changes").EnumerateArray().Select(change => change.GetString()!),
    ];
}
