using Andi.AppHost.Native;
using Andi.Tests;
using Andi.Topology;

namespace Andi.AppHost.Tests;

public sealed class OwnStoresTests
{
    [Fact]
    public async Task Stores_that_connection_strings_name_are_used_and_none_are_started()
    {
        await using var stores = HostProcess.Start(TestState.Empty("own-stores"), "--engines-only", "--no-dashboard");
        await stores.HealthyAsync();
        var environment = stores.Run.ConnectionStrings.ToDictionary(connection => $"ConnectionStrings__{connection.Key}", connection => connection.Value);
        environment["Kafka__Protocol"] = KafkaDialect.Legacy;
        var state = TestState.Empty("own-stores-services");

        await using var services = HostProcess.Start(
            state, [typeof(NativeTopology).Assembly.Location, "--host", "native", "--data", state, "--no-dashboard", "--retention-years", "7"], environment);
        await services.HealthyAsync();

        services.Run.ConnectionStrings.ShouldBe(stores.Run.ConnectionStrings);
        services.Run.Clickhouse.ShouldBe(stores.Run.Clickhouse);
        services.Children().ShouldBe([ResourceNames.Migrations, ResourceNames.OltpApi, ResourceNames.Ingestor, ResourceNames.AnalyticsApi], ignoreOrder: true);
        (await AskAsync(services.Run.Clickhouse, "SELECT argMax(years, change) FROM ops.retention")).ShouldBe("7");
    }

    [Fact]
    public void One_database_of_two_is_refused()
    {
        var environment = new Dictionary<string, string> { ["ConnectionStrings__oltp"] = "Host=somewhere" };

        Should.Throw<TopologyException>(() => new OwnStores(environment)).Message.ShouldContain("ConnectionStrings__ingest");
    }

    [Theory]
    [InlineData("--retention-years", "0")]
    [InlineData("--retention-years", "50")]
    public void Years_that_cannot_be_are_refused(params string[] arguments) => HostOptions.Parse(arguments).Options.ShouldBeNull();

    private static async Task<string> AskAsync(string warehouse, string sql)
    {
        var address = new Uri(warehouse);
        var login = address.UserInfo.Split(':');
        using var http = new HttpClient();
        return (await http.GetStringAsync(
            new Uri($"http://{address.Authority}/?user={login[0]}&password={login[1]}&query={Uri.EscapeDataString(sql)}"), TestContext.Current.CancellationToken)).Trim();
    }

    [Theory]
    [InlineData("Host=h;Port=1;Protocol=http;Username=u;Password=p;Database=d", "http://u:p@h:1")]
    [InlineData("Host=h;Protocol=https;Username=u;Password=p@ss/w:1", "https://u:p%40ss%2Fw%3A1@h:8443")]
    public void The_warehouse_url_has_user_and_password_in_it(string connectionString, string url) => OwnStores.WarehouseUrl(connectionString).ShouldBe(url);
}
