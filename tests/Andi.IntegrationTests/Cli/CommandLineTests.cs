using System.Text.Json;
using Andi.IntegrationTests.Oltp;
using Andi.Testing;
using Npgsql;

namespace Andi.IntegrationTests.Cli;

[Collection(OltpCollection.Name)]
public sealed class CommandLineTests(OltpFixture oltp, EnginesFixture engines)
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Seed_fills_once_and_changes_nothing_again()
    {
        var folder = TestState.Empty("seed");
        Directory.CreateDirectory(Path.Combine(folder, ".andi"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, ".andi", "run.json"),
            JsonSerializer.Serialize(
                new { oltp = oltp.Http.BaseAddress, analytics = "http://127.0.0.1:1", tokens = new { admin = oltp.Token("admin", null) } }),
            Cancellation);
        var deeper = Directory.CreateDirectory(Path.Combine(folder, "a", "b")).FullName;

        var first = await CommandLine.RunAsync(deeper, NoEnvironment, "seed", "--students", "400", "--seed", "7");
        first.Code.ShouldBe(0, first.Error);
        first.Output.ShouldContain("scores: 3,600 of 3,600");
        var state = await StateAsync();
        state.Scores.ShouldBeInRange(3_400, 3_600);
        state.Coaching.ShouldBeGreaterThan(500);

        var second = await CommandLine.RunAsync(deeper, NoEnvironment, "seed", "--students", "400", "--seed", "7");
        second.Code.ShouldBe(0, second.Error);
        second.Output.ShouldContain("0 rows written");
        (await StateAsync()).ShouldBe(state);

        async Task<(long Scores, string ScoreSum, long Coaching, string SessionSum)> StateAsync() => (
            await oltp.ScalarAsync<long>("SELECT count(*) FROM scores WHERE student_id LIKE 'ST0%'"),
            await oltp.ScalarAsync<string>("SELECT md5(string_agg(scores::text, '' ORDER BY score_id)) FROM scores WHERE student_id LIKE 'ST0%'"),
            await oltp.ScalarAsync<long>("""
                SELECT (SELECT count(*) FROM ciq_sessions WHERE session_id LIKE 'CQ0%') + (SELECT count(*) FROM resource_usage WHERE usage_id LIKE 'RU0%')
                     + (SELECT count(*) FROM community_activity WHERE activity_id LIKE 'CA0%')
                """),
            await oltp.ScalarAsync<string>("SELECT md5(string_agg(ciq_sessions::text, '' ORDER BY session_id)) FROM ciq_sessions WHERE session_id LIKE "
                + "'CQ0%'"));
    }

    [Fact]
    public async Task Seed_says_in_one_line_what_is_in_its_way()
    {
        var folder = TestState.Empty("seed-nowhere");
        var unreachable = await CommandLine.RunAsync(folder, NoEnvironment, "seed", "--url", "http://127.0.0.1:1", "--token", "x");
        (unreachable.Code, unreachable.Error.Trim().Contains('\n')).ShouldBe((1, false));
        unreachable.Error.ShouldContain("cannot be reached");
        var forbidden = await CommandLine.RunAsync(folder, NoEnvironment, "seed", "--url", oltp.Http.BaseAddress!.ToString(), "--token", "x");
        forbidden.Code.ShouldBe(1);
        forbidden.Error.ShouldContain("token");
        (await CommandLine.RunAsync(folder, NoEnvironment, "seed", "--run-file", "nowhere.json")).Error.ShouldContain("nowhere.json");
        (await CommandLine.RunAsync(folder, NoEnvironment, "seed", "--students", "0")).Code.ShouldNotBe(0);
    }

    [Fact]
    public async Task Token_is_made_that_the_services_take()
    {
        // Not in this clone, where an Andi may have run.
        var folder = Directory.CreateTempSubdirectory("andi-token-").FullName;
        var nowhere = await CommandLine.RunAsync(Below("nowhere"), NoEnvironment, "token", "--role", "admin");
        (nowhere.Code, nowhere.Output).ShouldBe((1, ""));
        nowhere.Error.ShouldContain("signing.key");

        var key = Path.Combine(folder, ".andi", "signing.key");
        var made = await CommandLine.RunAsync(Below("made"), NoEnvironment, "token", "--role", "admin", "--key-file", key);
        made.Code.ShouldBe(0, made.Error);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var found = await CommandLine.RunAsync(Below("found"), NoEnvironment, "token", "--role", "admin");
        found.Code.ShouldBe(0, found.Error);

        var own = await CommandLine.RunAsync(Below("own"), NoEnvironment, "token", "--role", "service", "--key-file", oltp.KeyFile);
        using var client = oltp.Client(own.Output.Trim());
        await client.PutAsync($"v1/districts/{OltpFixture.Unique("D")}", new { name = "x", stateId = "TX" }).ShouldBeAsync(System.Net.HttpStatusCode.Created);
        using var stranger = oltp.Client(made.Output.Trim());
        await stranger.GetAsync("v1/districts/D1", Cancellation).ShouldBeProblemAsync(System.Net.HttpStatusCode.Unauthorized);
        Directory.Delete(folder, recursive: true);

        string Below(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
    }

    [Theory]
    [InlineData("--role", "boss")]
    [InlineData("--role", "teacher")]
    [InlineData("--role", "admin", "--scope", "S1")]
    [InlineData("--role", "admin", "--expires", "0")]
    public async Task Token_that_makes_no_sense_is_not_made(params string[] arguments) =>
        (await CommandLine.RunAsync(TestState.Empty("token-wrong"), NoEnvironment, ["token", .. arguments])).Code.ShouldNotBe(0);

    [Fact]
    public async Task Migrate_reads_where_the_store_is_and_may_be_repeated()
    {
        var database = new NpgsqlConnectionStringBuilder(engines.Oltp) { Database = $"test_{Guid.NewGuid():N}" }.ConnectionString;
        var environment = new Dictionary<string, string> { ["ConnectionStrings__oltp"] = database };
        var dry = await CommandLine.RunAsync(TestState.Empty("migrate"), environment, "migrate", "--dry-run");
        dry.Code.ShouldBe(0, dry.Error);
        dry.Output.ShouldContain("would apply assessments/");
        await Should.ThrowAsync<PostgresException>(async () =>
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync(Cancellation);
        });
        var first = await CommandLine.RunAsync(TestState.Empty("migrate"), environment, "migrate");
        first.Code.ShouldBe(0, first.Error);
        first.Output.ShouldContain("applied assessments/");
        (await CommandLine.RunAsync(TestState.Empty("migrate"), environment, "migrate")).Output.ShouldContain("oltp: up to date");
        var elsewhere = Directory.CreateTempSubdirectory("andi-migrate-").FullName;
        (await CommandLine.RunAsync(elsewhere, NoEnvironment, "migrate")).Error.ShouldContain("ConnectionStrings__oltp");
    }

    [Fact]
    public async Task Seed_answers_programs_with_nothing_but_what_it_wrote()
    {
        string[] arguments = ["seed", "--students", "400", "--seed", "7", "--url", oltp.Http.BaseAddress!.ToString(), "--token", oltp.Token("admin", null)];
        (await CommandLine.RunAsync(TestState.Empty("seed-json"), NoEnvironment, arguments)).Code.ShouldBe(0);
        var again = await CommandLine.RunAsync(TestState.Empty("seed-json"), NoEnvironment, [.. arguments, "--json"]);
        again.Code.ShouldBe(0, again.Error);
        JsonDocument.Parse(again.Output).RootElement.GetProperty("rowsWritten").GetInt64().ShouldBe(0);
        again.Error.ShouldContain("scores: 3,600 of 3,600");
    }
}
