using System.Net;
using System.Text.RegularExpressions;
using Andi.Tests;
using Andi.Topology;
using Npgsql;

namespace Andi.AppHost.Tests;

public sealed partial class StartAndStopTests
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_one_run_wrote_the_next_one_finds_without_recovery_until_fresh()
    {
        var state = TestState.Empty("continues");
        await using (var first = HostProcess.Start(state))
        {
            await first.HealthyAsync();
            await AllHealthyAsync(first);
            await ExecuteAsync(first, "create table kept (n int); insert into kept values (42)");
            first.Signal("TERM");

            (await first.ExitCodeAsync()).ShouldBe(0, first.Output);
            await first.NothingLeftAsync(AtOnce);
            File.Exists(Path.Combine(state, "run.json")).ShouldBeFalse("run.json outlived the run");
        }

        await using (var second = HostProcess.Start(state, "--engines-only", "--no-dashboard"))
        {
            await second.HealthyAsync();
            (await ExecuteAsync(second, "select n from kept")).ShouldBe(42);
            PostgresLog(state).ShouldNotMatch(Recovery().ToString());
            second.Signal("INT");
            (await second.ExitCodeAsync()).ShouldBe(0, second.Output);
        }

        await using var fresh = HostProcess.Start(state, "--engines-only", "--no-dashboard", "--fresh");
        await fresh.HealthyAsync();
        (await ExecuteAsync(fresh, "select count(*) from pg_tables where tablename = 'kept'")).ShouldBe(0L);
    }

    [Fact]
    public async Task Killed_the_host_leaves_nothing_and_the_next_start_has_the_data()
    {
        var state = TestState.Empty("killed");
        await using (var killed = HostProcess.Start(state, "--engines-only"))
        {
            await killed.HealthyAsync();
            await ExecuteAsync(killed, "create table kept (n int); insert into kept values (42)");
            killed.Signal("KILL");
            await killed.ExitCodeAsync();

            // The next start does not wait for the children of the killed host to end: it has to.
            await using var next = HostProcess.Start(state, "--engines-only", "--no-dashboard");
            await next.HealthyAsync();
            (await ExecuteAsync(next, "select n from kept")).ShouldBe(42);
            next.Signal("KILL");
            await next.ExitCodeAsync();
        }

        await using var after = HostProcess.Start(state, "--help");
        await after.ExitCodeAsync();
        await after.NothingLeftAsync(AfterKill);
    }

    [Fact]
    public async Task A_second_signal_kills_at_once()
    {
        await using var host = HostProcess.Start(TestState.Empty("twice"), "--engines-only", "--no-dashboard");
        await host.HealthyAsync();

        host.Signal("TERM");
        await Task.Delay(TimeSpan.FromMilliseconds(400), TestContext.Current.CancellationToken);
        host.Signal("INT");

        (await host.ExitCodeAsync()).ShouldBe(130, host.Output);
        await host.NothingLeftAsync(AtOnce);
    }

    [Fact]
    public async Task One_wish_to_stop_that_comes_several_times_stops_in_order()
    {
        var state = TestState.Empty("several");
        await using var host = HostProcess.Start(state, "--engines-only", "--no-dashboard");
        await host.HealthyAsync();

        host.Signal("TERM");
        host.Signal("HUP");
        host.Signal("TERM");

        (await host.ExitCodeAsync()).ShouldBe(0, host.Output);
        PostgresLog(state).ShouldContain("database system is shut down");
    }

    [Fact]
    public async Task A_killed_dotnet_run_is_noticed_and_everything_stops_in_order()
    {
        var state = TestState.Empty("launched");
        var project = Path.Combine(TestState.Solution(), "Andi.AppHost");
        await using var run = HostProcess.Start(
            state, ["run", "--no-build", "--project", project, "--", "--host", "native", "--data", state, "--engines-only", "--no-dashboard"], []);
        await run.HealthyAsync();

        run.Signal("KILL");

        await run.NothingLeftAsync(AfterKill);
        PostgresLog(state).ShouldContain("database system is shut down");
    }

    private static async Task AllHealthyAsync(HostProcess host)
    {
        using var client = new HttpClient();
        foreach (var service in (string?[])[host.Run.Oltp, host.Run.Analytics, host.Run.Ingestor, host.Run.Dashboard])
        {
            using var response = await client.GetAsync($"{service}/health", TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, service);
        }
    }

    private static string PostgresLog(string state) => File.ReadAllText(Path.Combine(state, "logs", $"{ResourceNames.Postgres}.log"));

    private static async Task<object?> ExecuteAsync(HostProcess host, string sql)
    {
        await using var connection = new NpgsqlConnection(host.Run.Postgres + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("not properly shut down|automatic recovery|redo starts")]
    private static partial Regex Recovery();
}
