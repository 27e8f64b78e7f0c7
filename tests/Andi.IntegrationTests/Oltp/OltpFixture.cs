using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Andi.Oltp.Areas;
using Andi.Oltp.Storage;
using Andi.Security;
using Andi.Testing;
using Andi.Topology;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;
using Npgsql;

[assembly: CaptureConsole]

namespace Andi.IntegrationTests.Oltp;

[CollectionDefinition(Name)]
public sealed class OltpCollection : ICollectionFixture<OltpFixture>
{
    public const string Name = "oltp";
}

/// <summary>
/// Andi.Oltp on a real socket and a migrated PostgreSQL database of its own, without its relay. Tests share it and keep to ids of their own
/// (<see cref="Unique"/>).
/// </summary>
public sealed class OltpFixture(EnginesFixture engines) : IAsyncLifetime
{
    private string _keyFile = "";
    private OltpServer? _server;
    private NpgsqlDataSource? _database;

    public string ConnectionString { get; private set; } = "";

    /// <summary>Sends an admin's token.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>For looking behind the API's back.</summary>
    public NpgsqlDataSource Database => _database ?? throw new InvalidOperationException("The fixture has not started.");

    /// <summary>What the server has logged, warnings and worse.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Where the services read the signing key.</summary>
    public string KeyFile => _keyFile;

    /// <summary>An id that no other test has.</summary>
    public static string Unique(string prefix) => $"{prefix}{Guid.NewGuid():N}"[..16];

    public async ValueTask InitializeAsync()
    {
        _keyFile = Path.Combine(TestState.Empty(Unique("oltp-")), "signing.key");
        ConnectionString = await engines.CreateDatabaseAsync(CancellationToken.None);
        await OltpMigrations.ApplyAsync(ConnectionString, CancellationToken.None);
        _database = NpgsqlDataSource.Create(ConnectionString);
        var token = Token(Roles.Admin, null);
        _server = new OltpServer(ConnectionString, engines.Kafka, _keyFile, Log);
        _server.UseKestrel(0);
        _server.StartServer();
        Http = Client(token);
    }

    public string Token(string role, string? scope, string? subject = null) =>
        BearerToken.Create(SigningKey.ReadOrCreate(_keyFile), role, scope, TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1), subject);

    /// <summary>A client with another token, or none.</summary>
    public HttpClient Client(string? token)
    {
        var client = _server!.CreateClient();
        client.Timeout = TimeSpan.FromMinutes(5);
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_keyFile != "")
        {
            Directory.Delete(Path.GetDirectoryName(_keyFile)!, recursive: true);
        }
    }

    private sealed class QueueLog(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }

    private sealed class OltpServer(string oltp, string kafka, string keyFile, ConcurrentQueue<string> log) : WebApplicationFactory<OltpOptions>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting($"ConnectionStrings:{ConnectionNames.Oltp}", oltp);
            builder.UseSetting($"ConnectionStrings:{ConnectionNames.Kafka}", kafka);
            builder.UseSetting(SettingNames.SigningKeyFile, keyFile);
            builder.UseSetting("ChangeCapture:Enabled", "false");
            builder.UseSetting("OneRoster:MaxUnpackedBytes", "67108864");
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
            builder.ConfigureLogging(logging => logging.AddProvider(new QueueLog(log)));
        }
    }
}
