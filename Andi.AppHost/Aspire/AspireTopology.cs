using System.Globalization;
using Andi.AppHost.Engines;
using Andi.AppHost.State;
using Andi.Topology;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Andi.AppHost.AspireHosting;

/// <summary>
/// The topology as Aspire resources, top to bottom: the stores and their databases, migrations, services. A store is the user's own where a
/// connection string says so, else a native engine, else a container: each image pinned, each with a volume of this state folder's own.
/// </summary>
internal static class AspireTopology
{
    /// <param name="builder">Where to.</param>
    /// <param name="options">The command line.</param>
    /// <param name="state">The state folder; null when publishing, which touches nothing on this machine.</param>
    /// <param name="own">Stores that are there already.</param>
    /// <param name="engines">The native stores; null: containers.</param>
    /// <param name="outcome">Told when something fails that the rest cannot do without.</param>
    public static async Task<AspireResources> AddAsync(
        IDistributedApplicationBuilder builder, HostOptions options, StateFolder? state, OwnStores own, EngineSet? engines, Outcome outcome)
    {
        // A connection string is ready at once; what it leads to is not, so it waits.
        IResourceBuilder<IResourceWithConnectionString> Connection(string name, IResourceBuilder<ExecutableResource> store) =>
            builder.AddConnectionString(name, ReferenceExpression.Create($"{engines.ConnectionStrings[name]}")).WaitFor(store);

        // PostgreSQL, with its two databases.
        IResourceBuilder<IResourceWithConnectionString> oltp, ingest;
        if (own.Has(ConnectionNames.Oltp))
        {
            oltp = builder.AddConnectionString(ConnectionNames.Oltp);
            ingest = builder.AddConnectionString(ConnectionNames.Ingest);
        }
        else if (engines?.Postgres is { } engine)
        {
            var postgres = builder.AddEngine(await engine.DescribeAsync(CancellationToken.None), "tcp", engine.Port, outcome);
            oltp = Connection(ConnectionNames.Oltp, postgres);
            ingest = Connection(ConnectionNames.Ingest, postgres);
        }
        else
        {
            var postgres = builder.AddPostgres(ResourceNames.Postgres, password: builder.AddPassword("postgres-password", state), port: options.Topology.Ports.Postgres)
                .WithImageTag(ContainerImages.Postgres)
                .WithArgs([.. PostgresEngine.LogicalDecoding(options.Topology.SlotWalKeepSize).SelectMany(setting => (string[])["-c", setting])])
                .WithDataVolume(ContainerEngine.Volume(state, ResourceNames.Postgres));
            oltp = postgres.AddDatabase(ConnectionNames.Oltp);
            ingest = postgres.AddDatabase(ConnectionNames.Ingest);
        }

        // Kafka; the native broker is of 2016 and needs ZooKeeper.
        IResourceBuilder<IResourceWithConnectionString> kafka;
        if (own.Has(ConnectionNames.Kafka))
        {
            kafka = builder.AddConnectionString(ConnectionNames.Kafka);
        }
        else if (engines?.Kafka is { } native)
        {
            var zooKeeper = builder.AddEngine(native.ZooKeeper.Describe(), "tcp", native.ZooKeeper.Port, outcome);
            var broker = builder.AddEngine(native.Broker.Describe(), "tcp", native.Broker.Port, outcome).WaitFor(zooKeeper);
            kafka = Connection(ConnectionNames.Kafka, broker);
        }
        else
        {
            kafka = builder.AddKafka(ConnectionNames.Kafka, options.Topology.Ports.Kafka)
                .WithImageTag(ContainerImages.Kafka)
                .WithEnvironment("KAFKA_NUM_PARTITIONS", Text(options.Topology.KafkaPartitions))
                .WithEnvironment("KAFKA_MESSAGE_MAX_BYTES", Text(EventLimits.LargestBrokerMessage))
                .WithEnvironment("KAFKA_REPLICA_FETCH_MAX_BYTES", Text(EventLimits.LargestBrokerMessage))
                .WithEnvironment("KAFKA_LOG_RETENTION_MS", "-1")
                .WithEnvironment("KAFKA_LOG_RETENTION_BYTES", "-1")
                .WithDataVolume(ContainerEngine.Volume(state, ConnectionNames.Kafka));
        }

        // ClickHouse. Its databases are made by the migrations; the connection goes to 'default', which is always there.
        IResourceBuilder<IResourceWithConnectionString> warehouse;
        if (own.Has(ConnectionNames.Warehouse))
        {
            warehouse = builder.AddConnectionString(ConnectionNames.Warehouse);
        }
        else if (engines?.ClickHouse is { } embedded)
        {
            warehouse = Connection(ConnectionNames.Warehouse, builder.AddEngine(embedded.Describe(), "http", embedded.Port, outcome));
        }
        else
        {
            var password = builder.AddPassword("clickhouse-password", state);
            var clickHouse = builder.AddClickHouse(ResourceNames.ClickHouse, options.Topology.Ports.ClickHouse, password: password)
                .WithImageTag(ContainerImages.ClickHouse)
                .WithDataVolume(ContainerEngine.Volume(state, ResourceNames.ClickHouse));
            var http = clickHouse.Resource.PrimaryEndpoint;
            warehouse = builder.AddConnectionString(
                ConnectionNames.Warehouse,
                ReferenceExpression.Create(
                    $"Host={http.Property(EndpointProperty.Host)};Port={http.Property(EndpointProperty.Port)};Protocol=http;Username=default;Password={password};Database=default"))
                .WaitFor(clickHouse);
        }

        var kafkaProtocol = engines?.KafkaProtocol ?? own.KafkaProtocol;

        // Migrations: once, before any service. Kafka has the events of batches that are to be finished before.
        var migrations = builder.AddProject<Projects.Andi_Cli>(ResourceNames.Migrations, launchProfileName: null)
            .WithArgs("migrate")
            .WithReference(oltp).WaitFor(oltp)
            .WithReference(ingest).WaitFor(ingest)
            .WithReference(kafka).WaitFor(kafka)
            .WithReference(warehouse).WaitFor(warehouse)
            .WithEnvironment(ServiceSettings.Variable(SettingNames.KafkaProtocol), kafkaProtocol)
            .OnResourceStopped((_, stopped, _) => outcome.UnlessDoneAsync(stopped));
        foreach (var (name, value) in ServiceSettings.Retention(options.Topology.RetentionYears))
        {
            migrations.WithEnvironment(name, value);
        }

        // Services.
        var settings = new ServiceEnvironment(builder, state, kafkaProtocol, dashboard: options.Topology.Dashboard);
        var oltpApi = builder.AddProject<Projects.Andi_Oltp>(ResourceNames.OltpApi, launchProfileName: null)
            .WithHttpEndpoint(port: options.Topology.Ports.Oltp)
            .WithReference(oltp).WaitFor(oltp)
            .WithReference(ingest).WaitFor(ingest)
            .WithReference(kafka).WaitFor(kafka)
            .AsService(settings, migrations, outcome);
        var ingestor = builder.AddProject<Projects.Andi_Ingestor>(ResourceNames.Ingestor, launchProfileName: null)
            .WithHttpEndpoint(port: options.Topology.Ports.Ingestor)
            .WithReference(ingest).WaitFor(ingest)
            .WithReference(kafka).WaitFor(kafka)
            .WithReference(warehouse).WaitFor(warehouse)
            .AsService(settings, migrations, outcome);
        var analyticsApi = builder.AddProject<Projects.Andi_AnalyticsApi>(ResourceNames.AnalyticsApi, launchProfileName: null)
            .WithHttpEndpoint(port: options.Topology.Ports.Analytics)
            .WithReference(oltpApi)
            .WithReference(ingest).WaitFor(ingest)
            .WithReference(warehouse).WaitFor(warehouse)
            .WithExternalHttpEndpoints()
            .AsService(settings, migrations, outcome);
        oltpApi.WithExternalHttpEndpoints();

        if (options.Seed is { } students && state is not null)
        {
            builder.AddProject<Projects.Andi_Cli>("seed", launchProfileName: null)
                .WithArgs("seed", "--students", Text(students))
                .WithReference(oltpApi)
                .WithServiceEnvironment(settings)
                .WaitFor(oltpApi).WaitFor(ingestor).WaitFor(analyticsApi);
        }

        return new AspireResources(oltp, ingest, kafka, warehouse, oltpApi, ingestor, analyticsApi, kafkaProtocol);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
