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

    /// <summary>Whatever the services and the engines write: settings, logs, passwords, and the students in the data.</summary>
    [Fact]
    public void Nothing_in_the_state_folder_is_open_to_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var root = new DirectoryInfo(Path.GetDirectoryName(topology.RunFile)!);
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var entries = root.EnumerateFileSystemInfos("*", everything).Prepend(root).ToList();

        entries.Count.ShouldBeGreaterThan(100);
        // Of a file that an engine has removed meanwhile every bit is set.
        var open = entries.Where(entry => (int)entry.UnixFileMode != -1 && (entry.UnixFileMode & Others) != UnixFileMode.None)
            .Select(entry => $"{Path.GetRelativePath(root.FullName, entry.FullName)}: {entry.UnixFileMode & Others}").ToList();

        // As root runs PostgreSQL as another user, that user's group may pass on the way to the cluster.
        string[] way = Environment.IsPrivilegedProcess && root.EnumerateDirectories("data/postgres").Any() ? [".: GroupExecute", "data: GroupExecute"] : [];
        open.ShouldBe(way, ignoreOrder: true);
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
