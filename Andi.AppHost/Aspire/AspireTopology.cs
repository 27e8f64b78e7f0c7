using System.Globalization;
using Andi.AppHost.Engines;
using Andi.AppHost.State;
using Andi.Topology;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Andi.AppHost.AspireHosting;

/// <summary>The topology as Aspire resources, top to bottom: infrastructure, databases, migrations, services.</summary>
internal static class AspireTopology
{
    /// <param name="builder">Where to.</param>
    /// <param name="options">The command line.</param>
    /// <param name="state">The state folder; null when publishing, which touches nothing on this machine.</param>
    /// <param name="engines">The native stores; null: containers.</param>
    /// <param name="outcome">Told when something fails that the rest cannot do without.</param>
    public static async Task<AspireResources> AddAsync(
        IDistributedApplicationBuilder builder, HostOptions options, StateFolder? state, EngineSet? engines, Outcome outcome)
    {
        IResourceBuilder<IResourceWithConnectionString> oltp, ingest, kafka, warehouse;
        string kafkaProtocol;
        string[] stopOrder;
        if (engines is not null)
        {
            // Infrastructure: the engines that the native host runs, too.
            var postgres = builder.AddEngine(await engines.Postgres.DescribeAsync(CancellationToken.None), "tcp", engines.Postgres.Port, outcome);
            var zooKeeper = builder.AddEngine(engines.ZooKeeper.Describe(), "tcp", engines.ZooKeeper.Port, outcome);
            var broker = builder.AddEngine(engines.Kafka.Describe(), "tcp", engines.Kafka.Port, outcome).WaitFor(zooKeeper);
            var clickHouse = builder.AddEngine(engines.ClickHouse.Describe(), "http", engines.ClickHouse.Port, outcome);

            // Databases. A connection string is ready at once; what it leads to is not, so it waits.
            IResourceBuilder<ConnectionStringResource> Connection(string name) =>
                builder.AddConnectionString(name, ReferenceExpression.Create($"{engines.ConnectionStrings[name]}"));
            oltp = Connection(ConnectionNames.Oltp).WaitFor(postgres);
            ingest = Connection(ConnectionNames.Ingest).WaitFor(postgres);
            kafka = Connection(ConnectionNames.Kafka).WaitFor(broker);
            warehouse = Connection(ConnectionNames.Warehouse).WaitFor(clickHouse);
            kafkaProtocol = KafkaEngine.Protocol;
            stopOrder = [ResourceNames.KafkaBroker, ResourceNames.ZooKeeper, ResourceNames.Postgres, ResourceNames.ClickHouse];
        }
        else
        {
            // Infrastructure: containers, each image pinned, each with a volume of this state folder's own.
            var postgres = builder.AddPostgres(ResourceNames.Postgres, password: builder.AddPassword("postgres-password", state), port: options.Topology.Ports.Postgres)
                .WithImageTag(ContainerImages.Postgres)
                .WithArgs([.. PostgresEngine.LogicalDecoding.SelectMany(setting => (string[])["-c", setting])])
                .WithDataVolume(ContainerEngine.Volume(state, ResourceNames.Postgres));
            var broker = builder.AddKafka(ConnectionNames.Kafka, options.Topology.Ports.Kafka)
                .WithImageTag(ContainerImages.Kafka)
                .WithEnvironment("KAFKA_NUM_PARTITIONS", Text(options.Topology.KafkaPartitions))
                .WithEnvironment("KAFKA_MESSAGE_MAX_BYTES", Text(KafkaEngine.LargestMessage))
                .WithEnvironment("KAFKA_REPLICA_FETCH_MAX_BYTES", Text(KafkaEngine.LargestMessage))
                .WithEnvironment("KAFKA_LOG_RETENTION_MS", "-1")
                .WithEnvironment("KAFKA_LOG_RETENTION_BYTES", "-1")
                .WithDataVolume(ContainerEngine.Volume(state, ConnectionNames.Kafka));
            var clickHousePassword = builder.AddPassword("clickhouse-password", state);
            var clickHouse = builder.AddClickHouse(ResourceNames.ClickHouse, options.Topology.Ports.ClickHouse, password: clickHousePassword)
                .WithImageTag(ContainerImages.ClickHouse)
                .WithEnvironment("CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT", "1")
                .WithDataVolume(ContainerEngine.Volume(state, ResourceNames.ClickHouse));

            // Databases. ClickHouse's are made by the migrations; the connection goes to 'default', which is always there.
            oltp = postgres.AddDatabase(ConnectionNames.Oltp);
            ingest = postgres.AddDatabase(ConnectionNames.Ingest);
            kafka = broker;
            var http = clickHouse.Resource.PrimaryEndpoint;
            warehouse = builder.AddConnectionString(
                ConnectionNames.Warehouse,
                ReferenceExpression.Create(
                    $"Host={http.Property(EndpointProperty.Host)};Port={http.Property(EndpointProperty.Port)};Protocol=http;Username=default;Password={clickHousePassword};Database=default"))
                .WaitFor(clickHouse);
            kafkaProtocol = "modern";
            stopOrder = [ConnectionNames.Kafka, ResourceNames.Postgres, ResourceNames.ClickHouse];
        }

        // Migrations: once, before any service.
        var migrations = builder.AddProject<Projects.Andi_Cli>(ResourceNames.Migrations, launchProfileName: null)
            .WithArgs("migrate")
            .WithReference(oltp).WaitFor(oltp)
            .WithReference(ingest).WaitFor(ingest)
            .WithReference(warehouse).WaitFor(warehouse)
            .OnResourceStopped((_, stopped, _) => outcome.UnlessDoneAsync(stopped));

        // Services.
        var settings = new ServiceEnvironment(builder, state, kafkaProtocol, dashboard: options.Topology.Dashboard);
        var oltpApi = builder.AddProject<Projects.Andi_Oltp>(ResourceNames.OltpApi, launchProfileName: null)
            .WithHttpEndpoint(port: options.Topology.Ports.Oltp)
            .WithReference(oltp).WaitFor(oltp)
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
                .WithReference(oltp).WithReference(ingest).WithReference(kafka).WithReference(warehouse)
                .WithServiceEnvironment(settings)
                .WaitFor(oltpApi).WaitFor(ingestor).WaitFor(analyticsApi);
        }

        return new AspireResources(oltp, ingest, kafka, warehouse, oltpApi, ingestor, analyticsApi, kafkaProtocol, stopOrder);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
