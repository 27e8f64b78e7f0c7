using System.Text.Json;
using Andi.AnalyticsApi;
using Andi.Oltp.Storage;
using Andi.Security;
using Andi.Testing;
using Andi.Topology;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Andi.IntegrationTests.Operations;

/// <summary>The load test on both APIs, on sockets, with relay and ingestor behind them.</summary>
public sealed class LoadTestTests(AndiUnderTest andi) : IClassFixture<AndiUnderTest>
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task Requests_are_counted_and_timed_failures_are_told_and_nothing_is_left_behind()
    {
        var keyFile = Path.Combine(TestState.Empty("load-test"), "signing.key");
        SigningKey.ReadOrCreate(keyFile);
        await using var oltp = new Server<OltpOptions>(andi, keyFile);
        await using var analytics = new Server<AnalyticsApiMarker>(andi, keyFile);
        var environment = new Dictionary<string, string>
        {
            ["services__oltp-api__http__0"] = oltp.Start(),
            ["services__analytics-api__http__0"] = analytics.Start(),
            ["Security__SigningKeyFile"] = keyFile,
        };
        (await andi.RunAsync(environment, "load-test", "--duration", "00:00:01")).Error.ShouldContain("run seed first");
        var changes = new SchoolChanges(andi, 61);
        await changes.CreateAsync();
        await changes.ChangeAsync(20);
        await andi.WaitUntilAppliedAsync();
        var before = await StateAsync();

        var tested = await andi.RunAsync(environment, "load-test", "--duration", "00:00:03", "--clients", "3", "--write-share", "40", "--json");
        tested.Code.ShouldBe(0, tested.Output + tested.Error);
        var answer = JsonDocument.Parse(tested.Output).RootElement;
        answer.GetProperty("seconds").GetDouble().ShouldBeInRange(3, 60);
        var kinds = Kinds(answer);
        var all = kinds.Single(kind => kind.Kind == "all");
        (all.Errors, kinds.Length).ShouldBe((0, 7));
        all.Requests.ShouldBe(kinds.Where(kind => kind.Kind != "all").Sum(kind => kind.Requests));
        all.PerSecond.ShouldBe(all.Requests / answer.GetProperty("seconds").GetDouble(), 0.001);
        kinds.ShouldAllBe(kind => kind.Median > 0 && kind.Median <= kind.P95 && kind.P95 <= kind.P99 && kind.P99 <= kind.Longest);
        (await StateAsync()).ShouldBe(before);
        await andi.WaitUntilAppliedAsync();
        // A score for each client, and each correction but for one that happens to change nothing.
        var corrections = kinds.Single(kind => kind.Kind.StartsWith("write", StringComparison.Ordinal)).Requests;
        (await andi.WarehouseAsync<long>("SELECT countIf(_sign = 1) FROM staging.scores_changes WHERE startsWith(score_id, 'load-')"))
            .ShouldBeInRange(corrections - 2, corrections + 3);

        var readsAway = await andi.RunAsync(
            new Dictionary<string, string>(environment) { ["services__analytics-api__http__0"] = "http://127.0.0.1:1" },
            "load-test", "--duration", "00:00:01", "--clients", "2", "--json");
        readsAway.Code.ShouldBe(1);
        var failed = Kinds(JsonDocument.Parse(readsAway.Output).RootElement);
        failed.Where(kind => kind.Kind.StartsWith("read", StringComparison.Ordinal))
            .ShouldAllBe(kind => kind.Errors == kind.Requests && kind.FirstError!.Contains("v1/"));
        var writesAway = await andi.RunAsync(
            new Dictionary<string, string>(environment) { ["services__oltp-api__http__0"] = "http://127.0.0.1:1" },
            "load-test", "--duration", "00:00:01");
        (writesAway.Code, writesAway.Error.Contains("cannot be reached", StringComparison.Ordinal)).ShouldBe((1, true), writesAway.Error);
        (await StateAsync()).ShouldBe(before);
        (await andi.RunAsync(environment, "load-test", "--clients", "0")).Error.ShouldContain("--clients");

        async Task<string> StateAsync() => await andi.SourceAsync<string>("""
            SELECT concat_ws(
                ' ', (SELECT count(*) FROM districts), (SELECT count(*) FROM schools), (SELECT count(*) FROM teachers),
                (SELECT count(*) FROM tests), (SELECT count(*) FROM students), (SELECT count(*) FROM scores))
            """);
    }

    private static KindOfRequest[] Kinds(JsonElement answer) => answer.GetProperty("requests").Deserialize<KindOfRequest[]>(JsonSerializerOptions.Web)!;

    private sealed record KindOfRequest(
        string Kind, long Requests, double PerSecond, long Errors, double Median, double P95, double P99, double Longest, string? FirstError);

    private sealed class Server<TEntry>(AndiUnderTest andi, string keyFile) : WebApplicationFactory<TEntry>
        where TEntry : class
    {
        public string Start()
        {
            UseKestrel(0);
            StartServer();
            using var client = CreateClient();
            return client.BaseAddress!.ToString();
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var name in (string[])[ConnectionNames.Oltp, ConnectionNames.Ingest, ConnectionNames.Kafka, ConnectionNames.Warehouse])
            {
                builder.UseSetting($"ConnectionStrings:{name}", andi.ConnectionOf(name));
            }

            builder.UseSetting(SettingNames.SigningKeyFile, keyFile);
            builder.UseSetting("ChangeCapture:Enabled", "false");
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
        }
    }
}
