using System.Net;
using System.Text.RegularExpressions;
using Andi.Testing;
using Andi.Topology;
using Npgsql;

namespace Andi.AppHost.Tests;

/// <summary>One life after the other on one state folder, and on stores of the user's own.</summary>
public sealed partial class StartAndStopTests
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(10);

    [Fact]
    [Trait("Category", "Long")]
    public async Task Data_survives_stop_and_kill_until_fresh()
    {
        var state = TestState.Empty("continues");
        await using (var first = HostProcess.Start(state))
        {
            await first.HealthyAsync();
            await AllHealthyAsync(first);
            await ExecuteAsync(first, "create table kept (n int); insert into kept values (42)");
            first.Output.ShouldContain($"{first.Run.Oltp}/docs");
            Lines(first.Output).SkipWhile(line => !line.StartsWith("Andi is healthy", StringComparison.Ordinal)).Skip(1)
                .First(line => line.Length > 0).ShouldEndWith(first.Run.Web!);
            first.Signal("TERM");

            (await first.ExitCodeAsync()).ShouldBe(0, first.Output);
            await first.NothingLeftAsync(AtOnce);
            File.Exists(Path.Combine(state, "run.json")).ShouldBeFalse("run.json outlived the run");
        }

        await using (var killed = HostProcess.Start(state, "--no-dashboard"))
        {
            await killed.HealthyAsync();
            (await ExecuteAsync(killed, "select n from kept")).ShouldBe(42);
            PostgresLog(state).ShouldNotMatch(Recovery().ToString(), "The stop before this start was not in order.");
            killed.Signal("KILL");
            await killed.ExitCodeAsync();
            await killed.NothingLeftAsync(AfterKill);
        }

        await using var fresh = HostProcess.Start(state, "--no-dashboard", "--fresh");
        await fresh.HealthyAsync();
        (await ExecuteAsync(fresh, "select count(*) from pg_tables where tablename = 'kept'")).ShouldBe(0L);
        fresh.Signal("INT");
        (await fresh.ExitCodeAsync()).ShouldBe(0, fresh.Output);
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(ResourceNames.Postgres, "bin/postgres", "Andi is healthy")]
    [InlineData(ResourceNames.KafkaBroker, "kafka.Kafka", "✓ kafka-broker")]
    public async Task Engine_that_dies_ends_the_run_with_its_last_lines(string engine, string mark, string after)
    {
        await using var host = HostProcess.Start(TestState.Empty("engine-dies"), "--no-dashboard");
        await host.SaysAsync(after);

        host.Signal("KILL", host.Processes(mark)[0]);

        (await host.ExitCodeAsync()).ShouldBe(1, host.Output);
        host.Output.ShouldContain($"✗ {engine} ");
        host.Output.ShouldContain("Its last lines");
        var log = await File.ReadAllLinesAsync(Path.Combine(host.StateFolder, "logs", $"{engine}.log"), TestContext.Current.CancellationToken);
        log.TakeLast(10).ShouldContain(line => host.Output.Contains(line, StringComparison.Ordinal));
        await host.NothingLeftAsync(AfterKill);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Stores_that_connection_strings_name_are_used_and_none_are_started()
    {
        var options = new RunningAndiOptions { StateFolder = TestState.Empty("own-stores"), Services = false };
        await using var stores = await RunningAndi.StartAsync(options, TestContext.Current.CancellationToken);
        var environment = stores.Run.ConnectionStrings.ToDictionary(connection => $"ConnectionStrings__{connection.Key}", connection => connection.Value);
        environment["Kafka__Protocol"] = KafkaDialect.Legacy;

        await using var services = HostProcess.Start(TestState.Empty("own-stores-services"), environment, "--no-dashboard", "--retention-years", "7");
        await services.HealthyAsync();

        services.Run.ConnectionStrings.ShouldBe(stores.Run.ConnectionStrings, ignoreOrder: true);
        services.Run.Clickhouse.ShouldBe(stores.Run.Clickhouse);
        foreach (var mark in (string[])["bin/postgres", "kafka.Kafka", "QuorumPeerMain", "EmbeddedClickHouse"])
        {
            services.Processes(mark).ShouldBeEmpty(mark);
        }

        (await AskAsync(services.Run.Clickhouse, "SELECT argMax(years, change) FROM ops.retention")).ShouldBe("7");
    }

    [Fact]
    public async Task One_database_of_two_is_refused()
    {
        await using var host = HostProcess.Start(
            TestState.Empty("one-of-two"), new Dictionary<string, string> { ["ConnectionStrings__oltp"] = "Host=somewhere" });

        (await host.ExitCodeAsync()).ShouldBe(1, host.Output);
        host.Failures.ShouldHaveSingleItem(host.Output).ShouldContain("ConnectionStrings__ingest");
    }

    private static async Task AllHealthyAsync(HostProcess host)
    {
        using var client = new HttpClient();
        foreach (var service in (string?[])[host.Run.Web, host.Run.Oltp, host.Run.Analytics, host.Run.Ingestor])
        {
            using var response = await client.GetAsync($"{service}/health", TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, service);
        }
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.TrimEntries);

    private static string PostgresLog(string state) => File.ReadAllText(Path.Combine(state, "logs", $"{ResourceNames.Postgres}.log"));

    private static async Task<object?> ExecuteAsync(HostProcess host, string sql)
    {
        await using var connection = new NpgsqlConnection(host.Run.Postgres + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> AskAsync(string warehouse, string sql)
    {
        var address = new Uri(warehouse);
        var login = address.UserInfo.Split(':');
        using var http = new HttpClient();
        return (await http.GetStringAsync(
            new Uri($"http://{address.Authority}/?user={login[0]}&password={login[1]}&query={Uri.EscapeDataString(sql)}"),
            TestContext.Current.CancellationToken)).Trim();
    }

    [GeneratedRegex("not properly shut down|automatic recovery|redo starts")]
    private static partial Regex Recovery();
}
