using Andi.AppHost.State;
using Andi.Topology;
using Npgsql;

namespace Andi.AppHost.Engines;

/// <summary>PostgreSQL 18 with logical decoding, on the loopback address, password authentication, one cluster per state folder.</summary>
public sealed class PostgresEngine(EngineFolder engines, StateFolder state, int port, string slotWalKeepSize)
{
    public int Port => port;

    private const string Administrator = "postgres";

    /// <summary>Default of the WAL that is kept for a relay that is away, in PostgreSQL's notation.</summary>
    public const string DefaultSlotWalKeepSize = "16GB";

    /// <summary>Settings that the change relay needs, of a server in a container, too.</summary>
    /// <param name="slotWalKeepSize">
    /// Where the relay is away for long, its slot is given up once it holds back that much WAL, before the disk is full; a new generation then begins.
    /// </param>
    public static string[] LogicalDecoding(string slotWalKeepSize) =>
    [
        "wal_level=logical",
        // Two for each generation, and some for people: a rebuild runs beside the live one, and either may let a table in.
        "max_wal_senders=16",
        "max_replication_slots=16",
        $"max_slot_wal_keep_size={slotWalKeepSize}",
    ];

    private static readonly string[] Databases = [ConnectionNames.Oltp, ConnectionNames.Ingest];

    private readonly string _password = OwnerFile.Password(Path.Combine(state.Root, "postgres.password"));

    /// <summary>An Npgsql connection string. Neither TLS nor Kerberos is tried: the server is on the loopback address and has neither.</summary>
    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={port};Username={Administrator};Password={_password};Database={database};SSL Mode=Disable;GSS Encryption Mode=Disable";

    public async Task<ProcessDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var place = await PostgresPlace.MakeAsync(engines, state, cancellationToken);
        return new ProcessDescription
        {
            Name = ResourceNames.Postgres,
            Command = Path.Combine(place.Programs, "bin", "postgres"),
            Arguments = ["-D", place.Data, .. Settings().SelectMany(setting => (string[])["-c", setting])],
            WorkingDirectory = place.Data,
            RunAs = place.User,
            Prepare = token => InitialiseAsync(place, token),
            Probe = ProbeAsync,
            WhenReady = CreateDatabasesAsync,
            // SIGINT is the fast shutdown: clients are disconnected, a checkpoint is written. SIGTERM would wait for every client to leave.
            StopSignal = StopSignal.Interrupt,
            StopWithin = TimeSpan.FromSeconds(30),
        };
    }

    private IEnumerable<string> Settings() =>
    [
        "listen_addresses=127.0.0.1",
        $"port={port}",
        "unix_socket_directories=",
        "max_connections=200",
        // A laptop's share: the warehouse and the broker want memory, too.
        "shared_buffers=256MB",
        "effective_cache_size=1GB",
        "maintenance_work_mem=128MB",
        "max_wal_size=4GB",
        .. LogicalDecoding(slotWalKeepSize),
        "log_line_prefix=%m [%p] %q%u@%d ",
        "log_min_duration_statement=1s",
    ];

    private async Task InitialiseAsync(PostgresPlace place, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(place.Data, "PG_VERSION")))
        {
            return;
        }

        var passwordFile = place.Data + ".initdb";
        await place.WriteSecretAsync(passwordFile, _password, cancellationToken);
        try
        {
            var initdb = new ProcessDescription
            {
                Name = "initdb",
                Command = Path.Combine(place.Programs, "bin", "initdb"),
                Arguments =
                [
                    "--pgdata", place.Data, "--username", Administrator, "--pwfile", passwordFile, "--auth", "scram-sha-256",
                    "--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C", "--no-instructions",
                ],
                WorkingDirectory = "/",
                RunAs = place.User,
                Probe = _ => Task.CompletedTask,
            };
            var (exitCode, output) = await Command.RunAsync(initdb.CommandLine(signalWhenHostDies: false), "/", cancellationToken);
            if (exitCode != 0)
            {
                throw new TopologyException($"PostgreSQL's data cannot be initialised (initdb, exit code {exitCode}): {output.Split('\n')[^1]}");
            }
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new TopologyException($"The data in {state.DataRoot} was made with another password than {state.Root}/postgres.password. Put that file back, or start with --fresh to wipe the data.", exception);
        }
    }

    private async Task CreateDatabasesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        foreach (var database in Databases)
        {
            await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection)
            {
                Parameters = { new() { Value = database } },
            };
            if (await exists.ExecuteScalarAsync(cancellationToken) is null)
            {
                // The names are this project's own constants; a database name cannot be a parameter.
                await using var create = new NpgsqlCommand($"create database \"{database}\"", connection);
                await create.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=5;Command Timeout=30");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
