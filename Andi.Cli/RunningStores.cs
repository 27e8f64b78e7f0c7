using System.CommandLine;
using Andi.Kafka;
using Andi.Topology;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.Cli;

/// <summary>How to reach the stores of a running Andi.</summary>
internal sealed record RunningStores(string Oltp, string Ingest, string Warehouse, KafkaConnection Kafka)
{
    /// <summary>The option by which every command that needs the stores may be told where they are.</summary>
    public static Option<string?> RunFileOption() => new("--run-file")
    {
        Description = "What a host wrote when all was healthy; default: the environment variables ConnectionStrings__*, else .andi/run.json here or above.",
        HelpName = "file",
    };

    /// <summary>
    /// From <paramref name="runFile"/>; without one from the environment that a host gives its steps (<c>ConnectionStrings__*</c>, <c>Kafka__*</c>), and what
    /// that does not say from the <c>.andi/run.json</c> of this folder or the nearest one above it.
    /// </summary>
    /// <exception cref="CommandFailure">Neither says it.</exception>
    public static RunningStores Find(string? runFile)
    {
        string[] names = [ConnectionNames.Oltp, ConnectionNames.Ingest, ConnectionNames.Kafka, ConnectionNames.Warehouse];
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var told = new Dictionary<string, string?>();
        if (runFile is not null || names.Any(name => string.IsNullOrWhiteSpace(environment.GetConnectionString(name))))
        {
            var run = RunFileReader.Read(runFile ?? RunFileReader.Find($"set {string.Join(", ", names.Select(name => $"ConnectionStrings__{name}"))}"));
            told[SettingNames.KafkaProtocol] = run.KafkaProtocol;
            foreach (var name in names)
            {
                told[$"ConnectionStrings:{name}"] = run.ConnectionStrings.GetValueOrDefault(name)
                    ?? throw new CommandFailure($"The run file has no connection string '{name}'.");
            }
        }

        var builder = new ConfigurationBuilder().AddInMemoryCollection(told);
        var configuration = (runFile is null ? builder.AddEnvironmentVariables() : builder).Build();
        return new RunningStores(
            configuration.GetConnectionString(ConnectionNames.Oltp)!,
            configuration.GetConnectionString(ConnectionNames.Ingest)!,
            configuration.GetConnectionString(ConnectionNames.Warehouse)!,
            KafkaConnection.From(configuration));
    }

    public NpgsqlDataSource OpenLedger() => NpgsqlDataSource.Create(Ingest);

    public ClickHouseClient OpenWarehouse() => new(WarehouseOptions(), NullLogger<ClickHouseClient>.Instance);

    /// <exception cref="CommandFailure">The connection string makes no sense.</exception>
    public ClickHouseOptions WarehouseOptions()
    {
        try
        {
            return ClickHouseOptions.Parse(Warehouse);
        }
        catch (FormatException wrong)
        {
            throw new CommandFailure($"The connection string '{ConnectionNames.Warehouse}' makes no sense: {wrong.Message}");
        }
    }
}
