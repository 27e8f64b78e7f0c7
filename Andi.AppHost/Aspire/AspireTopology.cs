using Andi.AppHost.Engines;
using Andi.AppHost.State;
using Andi.Topology;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Andi.AppHost.AspireHosting;

/// <summary>The topology as Aspire resources, from the stores to the services.</summary>
/// <param name="Oltp">Connection string resource.</param>
/// <param name="Ingest">Connection string resource.</param>
/// <param name="Kafka">Connection string resource.</param>
/// <param name="Warehouse">Connection string resource.</param>
/// <param name="KafkaProtocol">See <see cref="SettingNames.KafkaProtocol"/>.</param>
/// <param name="StopOrder">Stores, in the order they stop in once the services have.</param>
internal sealed record AspireTopology(
    IResourceBuilder<IResourceWithConnectionString> Oltp,
    IResourceBuilder<IResourceWithConnectionString> Ingest,
    IResourceBuilder<IResourceWithConnectionString> Kafka,
    IResourceBuilder<IResourceWithConnectionString> Warehouse,
    string KafkaProtocol,
    string[] StopOrder)
{
    public static async Task<AspireTopology> OnNativeEnginesAsync(
        IDistributedApplicationBuilder builder, HostOptions options, StateFolder state, PortBook ports, Outcome outcome)
    {
        // Infrastructure: the engines that the native host runs, too.
        var engines = new EngineSet(EngineFolder.OfRepository, state, ports, options.Topology);
        var postgres = builder.AddEngine(await engines.Postgres.DescribeAsync(CancellationToken.None), "tcp", engines.Postgres.Port, outcome);
        var zooKeeper = builder.AddEngine(engines.ZooKeeper.Describe(), "tcp", engines.ZooKeeper.Port, outcome);
        var kafka = builder.AddEngine(engines.Kafka.Describe(), "tcp", engines.Kafka.Port, outcome).WaitFor(zooKeeper);
        var clickHouse = builder.AddEngine(engines.ClickHouse.Describe(), "http", engines.ClickHouse.Port, outcome);

        // Databases. A connection string is ready at once; what it leads to is not, so it waits.
        IResourceBuilder<IResourceWithConnectionString> Connection(string name, IResourceBuilder<ExecutableResource> store) =>
            builder.AddConnectionString(name, ReferenceExpression.Create($"{engines.ConnectionStrings[name]}")).WaitFor(store);

        return new AspireTopology(
            Connection(ConnectionNames.Oltp, postgres),
            Connection(ConnectionNames.Ingest, postgres),
            Connection(ConnectionNames.Kafka, kafka),
            Connection(ConnectionNames.Warehouse, clickHouse),
            KafkaEngine.Protocol,
            [ResourceNames.KafkaBroker, ResourceNames.ZooKeeper, ResourceNames.Postgres, ResourceNames.ClickHouse])
            .WithServices(builder, options, state, outcome);
    }
}
