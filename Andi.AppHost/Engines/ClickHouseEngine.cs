using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost.Engines;

/// <summary>The ClickHouse server over libchdb, engines/EmbeddedClickHouse, on the loopback address.</summary>
public sealed class ClickHouseEngine(EngineFolder engines, StateFolder state, int port)
{
    public int Port => port;

    private const string Project = "engines/EmbeddedClickHouse";
    private const string User = "default";

    private readonly string _password = OwnerFile.Password(Path.Combine(state.Root, "clickhouse.password"));

    public string ConnectionString => $"Host=127.0.0.1;Port={port};Protocol=http;Username={User};Password={_password};Database=default";

    public ProcessDescription Describe()
    {
        var assembly = Repository.Assembly(Project);
        return new ProcessDescription
        {
            Name = ResourceNames.ClickHouse,
            Command = Dotnet.Program,
            Arguments = [assembly],
            WorkingDirectory = Repository.Project(Project),
            Environment = new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
                ["ClickHouse__DataPath"] = state.Data(ResourceNames.ClickHouse),
                ["ClickHouse__Password"] = _password,
                ["ClickHouse__LibraryPath"] = engines.ChdbLibrary,
            },
            Probe = cancellationToken => HttpProbe.GetAsync(new Uri($"http://127.0.0.1:{port}/ping"), cancellationToken),
            StopWithin = TimeSpan.FromSeconds(40),
        };
    }
}
