using Andi.AppHost.Lifecycle;
using Andi.AppHost.State;

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
        var engine = host.AddNativeEngine(
                new ExecutableResource(server, Repository.Dotnet, Repository.Project(Project)),
                [Repository.Assembly(Project)],
                ("http", port),
                _ => Task.CompletedTask,
                async token => (await Http.GetAsync(new Uri($"{address}/ping"), token)).EnsureSuccessStatusCode().Dispose())
            .WithEnvironment("ASPNETCORE_URLS", address)
            .WithEnvironment("ClickHouse__DataPath", host.State.Data(server))
            .WithEnvironment("ClickHouse__Password", password)
            .WithEnvironment("ClickHouse__LibraryPath", Path.Combine(Repository.EnginePackage("@chdb/lib-linux-x64-gnu"), "libchdb.so"))
            .WithUrlForEndpoint("http", url => url.DisplayText = "HTTP interface")
            .WithIconName("DataPie");
        var connection = host.AddConnection(
            name, ReferenceExpression.Create($"Host=127.0.0.1;Port={$"{port}"};Protocol=http;Username={User};Password={password};Database=default"), engine);
        engine.WithParentRelationship(connection);
        return connection;
    }
}
