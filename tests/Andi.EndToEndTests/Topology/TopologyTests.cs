using System.Net;
using System.Text.Json;

namespace Andi.EndToEndTests.Topology;

public sealed class TopologyTests(TopologyFixture topology)
{
    private static readonly string[] Promised = ["oltp", "analytics", "clickhouse", "postgres", "kafka", "dashboard", "tokens"];

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/openapi/v1.json")]
    public async Task Both_apis_answer_without_a_token(string path)
    {
        foreach (var address in (string[])[topology.Run.Oltp, topology.Run.Analytics])
        {
            using var client = TopologyFixture.Client(address, token: null);

            using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);

            response.StatusCode.ShouldBe(HttpStatusCode.OK, address + path);
        }
    }

    [Fact]
    public void Run_json_is_for_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        new FileInfo(topology.RunFile).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Run_json_says_where_everything_is()
    {
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(topology.RunFile, TestContext.Current.CancellationToken));

        json.RootElement.EnumerateObject().Select(property => property.Name)
            .Intersect(Promised).ShouldBe(Promised, ignoreOrder: true);
        using var client = new HttpClient();
        var ping = new UriBuilder(topology.Run.Clickhouse) { Path = "/ping", UserName = "", Password = "" }.Uri;
        (await client.GetStringAsync(ping, TestContext.Current.CancellationToken)).ShouldBe("Ok.\n");
    }
}
