using Andi.AppHost.Engines;
using Andi.AppHost.Lifecycle;
using Andi.AppHost.State;
using Andi.Topology;
using Npgsql;

namespace Andi.AppHost.Stores;

/// <summary>PostgreSQL with logical decoding, and databases in it: the user's own, a container, or a native engine with one cluster per state folder.</summary>
internal sealed class PostgresStore
{
    private const string Image = "18.4";
    private const string Administrator = "postgres";

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);

    // A server that pauses for some seconds just after its start is no reason to end the host.
    private static readonly TimeSpan SetUpTimeout = TimeSpan.FromSeconds(60);

    private readonly AndiHost _host;
    private readonly IResourceBuilder<PostgresServerResource>? _container;
    private readonly IResourceBuilder<ExecutableResource>? _engine;
    private readonly List<string> _databases = [];
    private readonly string _password = "";
    private readonly int _port;

    /// <param name="host">Where to.</param>
    /// <param name="name">The server's name.</param>
    /// <param name="databases">Connection names; each is also a database. Either all of them are the user's own, or none.</param>
    public PostgresStore(AndiHost host, string name, params string[] databases)
    {
        _host = host;
        if (host.AreOwn(databases))
        {
            return;
        }

        if (host.UsesContainers)
        {
            _container = host.Builder.AddPostgres(name, password: host.AddPassword("postgres-password"), port: host.ContainerPort(name))
                .WithImageTag(Image)
                .WithArgs([.. LogicalDecoding(host.Options.SlotWalKeepSize).Concat(Discretion).SelectMany(setting => (string[])["-c", setting])])
                .MustNotStop(host.FailFast)
                .WithIconName("DatabaseMultiple");
            host.WithVolume(_container, name, volume => _container.WithDataVolume(volume));
            if (host.IsRunMode)
            {
                _container.WithSetUp(host, SetUpAsync);
            }

            return;
        }

        _password = host.Password("postgres");
        _port = host.Ports.Take(name);
        _engine = AddNative(name);
    }

    /// <summary>A database of this server, made where it is missing.</summary>
    public IResourceBuilder<IResourceWithConnectionString> AddDatabase(string name)
    {
        if (_container is not null && !_host.IsRunMode)
        {
            // Whoever deploys gives the roles.
            return _container.AddDatabase(name);
        }

        _databases.Add(name);
        return _container is not null
            ? _host.AddConnection(name, OfContainer(_container.Resource, name), _container).WithParentRelationship(_container)
            : _engine is not null
                ? _host.AddConnection(name, ReferenceExpression.Create($"{ConnectionString(name)}"), _engine).WithParentRelationship(_engine)
                : _host.Builder.AddConnectionString(name);
    }

    /// <summary>
    /// Has a program connect to a database as one of <see cref="DatabaseRoles"/>. Where the server is the user's own, or when publishing, as the database's
    /// connection string says.
    /// </summary>
    public IResourceBuilder<ProjectResource> Connect(
        IResourceBuilder<ProjectResource> program, IResourceBuilder<IResourceWithConnectionString> database, string role)
    {
        program.WithReference(database);
        return As(database.Resource.Name, role) is { } connection
            ? program.WithEnvironment(Variable(database.Resource.Name), connection)
            : program;
    }

    /// <summary>Gives the write API the connection of its change relay; the user's own where one is named.</summary>
    public IResourceBuilder<ProjectResource> ConnectRelay(IResourceBuilder<ProjectResource> program) =>
        As(ConnectionNames.Oltp, DatabaseRoles.Relay) is { } connection ? program.WithEnvironment(Variable(ConnectionNames.Relay), connection)
        : _host.AreOwn(ConnectionNames.Relay) ? program.WithReference(_host.Builder.AddConnectionString(ConnectionNames.Relay))
        : program;

    // What the change relay needs. A rebuild runs beside the live generation, and either may let a table in: two slots for each, and some for people.
    // Where the relay is away for long, its slot is given up once it holds back that much WAL, before the disk is full; a new generation then begins.
    private static string[] LogicalDecoding(string slotWalKeepSize) =>
        ["wal_level=logical", "max_wal_senders=16", "max_replication_slots=16", $"max_slot_wal_keep_size={slotWalKeepSize}"];

    // What people write is in no log: no parameters, no statement that failed, and none of the details that quote rows. A file of the WAL that is not needed
    // any more is removed: one that is kept for later would hold, for as long as nothing is written over it, what was erased.
    private static string[] Discretion =>
    [
        "log_statement=none",
        "log_parameter_max_length=0",
        "log_parameter_max_length_on_error=0",
        "log_min_error_statement=panic",
        "log_error_verbosity=terse",
        "wal_recycle=off",
    ];

    private IResourceBuilder<ExecutableResource> AddNative(string name)
    {
        var user = UnprivilegedUser.For(_host.State, name);
        var (command, arguments) = user.Run("postgres", ["-D", user.Data, .. Settings().SelectMany(setting => (string[])["-c", setting])]);
        return _host.AddNativeEngine(
                new ExecutableResource(name, command, _host.State.Root), arguments, ("tcp", _port),
                token => InitialiseAsync(user, _host.State.Data(name), token), ProbeAsync)
            .WithSetUp(_host, SetUpAsync)
            .WithIconName("DatabaseMultiple");
    }

    private IEnumerable<string> Settings() =>
    [
        "listen_addresses=127.0.0.1",
        $"port={_port}",
        "unix_socket_directories=",
        "max_connections=200",
        // A laptop's share: the warehouse and the broker want memory, too.
        "shared_buffers=256MB",
        "effective_cache_size=1GB",
        "maintenance_work_mem=128MB",
        "max_wal_size=4GB",
        .. LogicalDecoding(_host.Options.SlotWalKeepSize),
        .. Discretion,
        "log_line_prefix=%m [%p] %q%u@%d ",
        "log_min_duration_statement=1s",
    ];

    private static string Variable(string connection) => $"ConnectionStrings__{connection}";

    private static ReferenceExpression OfContainer(PostgresServerResource server, string database) =>
        ReferenceExpression.Create($"{server.ConnectionStringExpression};Database={database}");

    // Of two values for a key the later one counts.
    private ReferenceExpression? As(string database, string role) =>
        _container is not null && _host.IsRunMode
            ? ReferenceExpression.Create($"{OfContainer(_container.Resource, database)};Username={role};Password={RolePassword(role)}")
            : _engine is not null ? ReferenceExpression.Create($"{ConnectionString(database, role, RolePassword(role))}") : null;

    private string ConnectionString(string database) => ConnectionString(database, Administrator, _password);

    // Neither TLS nor Kerberos is tried: the server is on the loopback address and has neither.
    private string ConnectionString(string database, string user, string password) =>
        $"Host=127.0.0.1;Port={_port};Username={user};Password={password};Database={database};SSL Mode=Disable;GSS Encryption Mode=Disable";

    private async Task InitialiseAsync(UnprivilegedUser user, string link, CancellationToken cancellationToken)
    {
        await user.PrepareAsync(link, cancellationToken);
        if (File.Exists(Path.Combine(user.Data, "PG_VERSION")))
        {
            return;
        }

        var passwordFile = user.Data + ".initdb";
        await user.WriteSecretAsync(passwordFile, _password, cancellationToken);
        try
        {
            var (command, arguments) = user.Run(
                "initdb",
                [
                    "--pgdata", user.Data, "--username", Administrator, "--pwfile", passwordFile, "--auth", "scram-sha-256",
                    "--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C", "--no-instructions",
                ]);
            var (exitCode, output) = await Command.RunAsync([command, .. arguments], "/", cancellationToken);
            if (exitCode != 0)
            {
                throw new StartException($"initdb ended with exit code {exitCode}: {output.Split('\n')[^1]}");
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
            await using var connection = await OpenAsync(ProbeTimeout, cancellationToken);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            _host.FailFast.Fail($"The data in {_host.State.DataRoot} was made with another password than {_host.State.PasswordFile("postgres")}. "
                + "Put that file back, or start with --fresh to wipe the data.");
            throw;
        }
    }

    // The superuser, for the operator and to make what the others are.
    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(SetUpTimeout, cancellationToken);
        await new PostgresRoles(RolePassword).MakeAsync(connection, _databases, cancellationToken);
    }

    private string RolePassword(string role) => _host.Password($"postgres.{role}");

    private async Task<NpgsqlConnection> OpenAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var server = _container is null
            ? ConnectionString("postgres")
            : $"{await _container.Resource.ConnectionStringExpression.GetValueAsync(cancellationToken)};Database=postgres";
        var connection = new NpgsqlConnection(
            server + $";Pooling=false;Timeout={timeout.TotalSeconds:0};Command Timeout=30");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}

/// <summary>The databases of a <see cref="PostgresStore"/> in the words of Aspire's <c>WithReference</c>.</summary>
internal static class PostgresStoreExtensions
{
    /// <inheritdoc cref="PostgresStore.Connect"/>
    public static IResourceBuilder<ProjectResource> WithDatabase(
        this IResourceBuilder<ProjectResource> program, PostgresStore store, IResourceBuilder<IResourceWithConnectionString> database, string role) =>
        store.Connect(program, database, role);

    /// <inheritdoc cref="PostgresStore.ConnectRelay"/>
    public static IResourceBuilder<ProjectResource> WithRelay(this IResourceBuilder<ProjectResource> program, PostgresStore store) =>
        store.ConnectRelay(program);
}
