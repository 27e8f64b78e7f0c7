using Andi.AppHost;
using Andi.AppHost.Commands;
using Andi.AppHost.Lifecycle;
using Andi.AppHost.State;
using Andi.AppHost.Stores;
using Andi.Security;
using Andi.Topology;

OwnerOnly.ByDefault();
if (AppHostOptions.Parse(args, out var exitCode) is not { } options)
{
    return exitCode;
}

var failFast = new FailFast();
try
{
    using var host = await AndiHost.CreateAsync(options, failFast);

    // Stores: the user's own where a connection string names one, else containers, else native engines.
    var postgres = new PostgresStore(host, ResourceNames.Postgres, ConnectionNames.Oltp, ConnectionNames.Ingest);
    var oltp = postgres.AddDatabase(ConnectionNames.Oltp);
    var ingest = postgres.AddDatabase(ConnectionNames.Ingest);
    var kafka = host.AddKafkaStore(ConnectionNames.Kafka);
    var warehouse = host.AddClickHouseStore(ConnectionNames.Warehouse, ResourceNames.ClickHouse);

    // Tables of every store, before anything uses them. Kafka has the events of batches that must be finished first.
    // Each program connects as a role or user of its own, which may do what it needs.
    var migrations = host.AddCommandLine(ResourceNames.Migrations, "migrate")
        .WithDatabase(postgres, oltp, DatabaseRoles.Migrator).WaitFor(oltp)
        .WithDatabase(postgres, ingest, DatabaseRoles.Migrator).WaitFor(ingest)
        .WithReference(kafka).WaitFor(kafka)
        .WithReference(warehouse).WaitFor(warehouse)
        .WithRetention(options.RetentionYears)
        .WithIconName("TableArrowUp")
        .MustComplete(host);

    // Services.
    var oltpApi = host.AddService<Projects.Andi_Oltp>(ResourceNames.OltpApi, "oltp")
        .WithDatabase(postgres, oltp, DatabaseRoles.OltpApi)
        .WithDatabase(postgres, ingest, DatabaseRoles.Relay)
        .WithRelay(postgres)
        .WithReference(kafka)
        .WaitForCompletion(migrations)
        .WithApiUrls("write")
        .WithIconName("PenSparkle");
    var ingestor = host.AddService<Projects.Andi_Ingestor>(ResourceNames.Ingestor, "ingestor")
        .WithDatabase(postgres, ingest, DatabaseRoles.Ledger)
        .WithReference(kafka)
        .WithWarehouse(host, warehouse, WarehouseUsers.Writer)
        .WaitForCompletion(migrations)
        .WithIconName("ArrowImport");
    var analyticsApi = host.AddService<Projects.Andi_AnalyticsApi>(ResourceNames.AnalyticsApi, "analytics")
        .WithReference(oltpApi)
        .WithDatabase(postgres, oltp, DatabaseRoles.Analytics)
        .WithDatabase(postgres, ingest, DatabaseRoles.Analytics)
        .WithWarehouse(host, warehouse, WarehouseUsers.Reader)
        .WaitForCompletion(migrations)
        .WithApiUrls("read")
        .WithIconName("ChartMultiple");

    var web = host.AddService<Projects.Andi_Web>(ResourceNames.Web, "web")
        .WithReference(oltpApi).WaitFor(oltpApi)
        .WithReference(analyticsApi).WaitFor(analyticsApi)
        .WithPageUrl()
        .WithIconName("HatGraduation");

    host.AddSeed(options.Seed, oltpApi, ingestor, analyticsApi, web);
    host.AddOperatorCommands(oltpApi, ingestor, analyticsApi);

    StartReport.Register(host, [oltp, ingest, kafka, warehouse], [oltpApi, ingestor, analyticsApi, web]);
    await using var application = host.Builder.Build();
    failFast.Watch(application);
    StopInOrder.Register(application, first: host.ForgetRun);
    await application.RunAsync();
}
catch (StartException exception)
{
    failFast.Report(exception.Message);
}
catch (OperationCanceledException)
{
    // The start was ended: by Ctrl-C, or by a failure that has been reported.
}

return failFast.ExitCode;
