using Andi.AppHost.Lifecycle;
using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost.Stores;

/// <summary>
/// ClickHouse over HTTP: the user's own, a container, or engines/EmbeddedClickHouse, a server over libchdb. Its databases are made by the migrations; the
/// connection goes to <c>default</c>, which is always there.
/// </summary>
internal static class ClickHouseStore
{
    private const string Image = "clickhouse/clickhouse-server";
    private const string Tag = "26.7";
    private const int ContainerPort = 8123;
    private const string Project = "engines/EmbeddedClickHouse";
    private const string User = "default";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <param name="host">Where to.</param>
    /// <param name="name">The connection's name.</param>
    /// <param name="server">The server's name.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddClickHouseStore(this AndiHost host, string name, string server)
    {
        if (host.AreOwn(name))
        {
            return host.Builder.AddConnectionString(name);
        }

        return host.UsesContainers ? AddContainer(host, name, server) : AddNative(host, name, server);
    }

    /// <summary>
    /// Has a program use the warehouse as one of <see cref="WarehouseUsers"/>; where it is the user's own, or when publishing, as its connection string says.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithWarehouse(
        this IResourceBuilder<ProjectResource> program, AndiHost host, IResourceBuilder<IResourceWithConnectionString> warehouse, string user)
    {
        program.WithReference(warehouse);
        return host.IsRunMode && !host.AreOwn(warehouse.Resource.Name)
            // Of two values for a key the later one counts.
            ? program.WithEnvironment(
                $"ConnectionStrings__{warehouse.Resource.Name}",
                ReferenceExpression.Create($"{warehouse.Resource};Username={user};Password={UserPassword(host, user)}"))
            : program;
    }

    /// <summary>The URL of ClickHouse's HTTP interface for BI tools; null where the server is the user's own.</summary>
    public static string? BiUrl(AndiHost host, string connectionString) => host.AreOwn(ConnectionNames.Warehouse)
        ? null
        : StartReport.WarehouseUrl($"{connectionString};Username={WarehouseUsers.Bi};Password={UserPassword(host, WarehouseUsers.Bi)}");

    private static string UserPassword(AndiHost host, string user) => host.Password($"clickhouse.{user}");

    private static IResourceBuilder<ExecutableResource> WithUsers(this IResourceBuilder<ExecutableResource> engine, AndiHost host)
    {
        foreach (var (name, value) in WarehouseUsers.Variables(user => UserPassword(host, user)))
        {
            engine.WithEnvironment(name, value);
        }

        return engine;
    }

    private static async Task MakeUsersAsync(AndiHost host, Uri address, string password, CancellationToken cancellationToken)
    {
        foreach (var statement in WarehouseUsers.Statements(user => UserPassword(host, user)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(statement) };
            request.Headers.Add("X-ClickHouse-User", User);
            request.Headers.Add("X-ClickHouse-Key", password);
            using var answer = await Http.SendAsync(request, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new StartException($"ClickHouse does not take its users: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }
        }
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddContainer(AndiHost host, string name, string server)
    {
        var password = host.AddPassword("clickhouse-password");
        var container = host.Builder.AddContainer(server, Image, Tag)
            .WithHttpEndpoint(port: host.ContainerPort(server), targetPort: ContainerPort, name: "http")
            .WithEnvironment("CLICKHOUSE_USER", User)
            .WithEnvironment("CLICKHOUSE_PASSWORD", password)
            .WithEnvironment("CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT", "1")
            .WithHttpHealthCheck("/ping")
            .MustNotStop(host.FailFast)
            .WithIconName("DataPie");
        host.WithVolume(container, server, volume => container.WithVolume(volume, "/var/lib/clickhouse"));
        var http = container.GetEndpoint("http");
        if (host.IsRunMode)
        {
            container.WithSetUp(host, async token =>
                await MakeUsersAsync(host, new Uri(http.Url), await password.Resource.GetValueAsync(token) ?? "", token));
        }

        var port = http.Property(EndpointProperty.Port);
        return host.AddConnection(
            name,
            ReferenceExpression.Create(
                $"Host={http.Property(EndpointProperty.Host)};Port={port};Protocol=http;Username={User};Password={password};Database=default"),
            container);
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddNative(AndiHost host, string name, string server)
    {
        var port = host.Ports.Take(server);
        var password = host.Password("clickhouse");
        var address = $"http://127.0.0.1:{port}";
        var library = Path.Combine(Repository.EnginePackage("@chdb/lib-linux-x64-gnu"), "libchdb.so");
        var user = UnprivilegedUser.Where(host.State, server, Repository.Assembly(Project), library);
        var (command, arguments) = user.Launch(Repository.Dotnet, [Repository.Assembly(Project)]);
        var engine = host.AddNativeEngine(
                new ExecutableResource(server, command, Repository.Project(Project)),
                arguments,
                ("http", port),
                token => user.PrepareDataAsync(host.State.Data(server), token),
                async token => (await Http.GetAsync(new Uri($"{address}/ping"), token)).EnsureSuccessStatusCode().Dispose())
            .WithEnvironment("ASPNETCORE_URLS", address)
            .WithEnvironment("ClickHouse__DataPath", user.Data)
            .WithEnvironment("ClickHouse__Password", password)
            .WithUsers(host)
            .WithEnvironment("ClickHouse__LibraryPath", library)
            .WithUrlForEndpoint("http", url => url.DisplayText = "HTTP interface")
            .WithIconName("DataPie");
        var connection = host.AddConnection(
            name, ReferenceExpression.Create($"Host=127.0.0.1;Port={$"{port}"};Protocol=http;Username={User};Password={password};Database=default"), engine);
        engine.WithParentRelationship(connection);
        return connection;
    }
}
