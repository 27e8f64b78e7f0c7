using System.Net;
using System.Net.Http.Headers;
using Andi.AnalyticsApi;
using Andi.Security;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Andi.IntegrationTests.AnalyticsApi.Streaming;

/// <summary>A ledger whose positions tests move on, and APIs that read it. They have no warehouse: a stream asks it nothing.</summary>
public sealed class StreamFixture(EnginesFixture engines) : IAsyncLifetime
{
    /// <summary>A table of no area.</summary>
    public const string Unknown = "novelties";

    internal MovedLedger Ledger { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Ledger = new MovedLedger(await engines.Migrated.CopyLedgerAsync(CancellationToken.None), "scores", "students", "tests", Unknown);

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();

    /// <summary>
    /// An API on the ledger. Its heartbeats are so rare that none comes in a test that does not ask for them, and it waits for positions however long that
    /// takes.
    /// </summary>
    internal StreamingApi Start(params (string Name, string Value)[] settings) => StreamingApi.Start(Ledger.Connection, settings);
}

/// <summary>An API that listens on a port, as a process of its own would.</summary>
internal sealed class StreamingApi : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("andi-stream-");
    private readonly WebApplicationFactory<AnalyticsApiMarker> _host;
    private readonly WebApplicationFactory<AnalyticsApiMarker> _api;
    private readonly SocketsHttpHandler _connections = new() { ActivityHeadersPropagator = null };

    private StreamingApi(string ledger, (string Name, string Value)[] settings)
    {
        SigningKey.ReadOrCreate(KeyFile);
        _host = new WebApplicationFactory<AnalyticsApiMarker>();
        _api = _host.WithWebHostBuilder(host =>
        {
            host.UseSetting("urls", "http://127.0.0.1:0")
                .UseSetting("ConnectionStrings:ingest", ledger)
                .UseSetting("ConnectionStrings:oltp", ledger)
                .UseSetting("ConnectionStrings:warehouse", "Host=127.0.0.1;Port=1")
                .UseSetting("Security:SigningKeyFile", KeyFile)
                .UseSetting("Stream:PollInterval", "00:00:00.020")
                .UseSetting("Stream:MinInterval", "00:00:00.050")
                .UseSetting("Stream:HoldLimit", "00:00:30")
                .UseSetting("Logging:LogLevel:Default", "None");
            foreach (var (name, value) in settings)
            {
                host.UseSetting(name, value);
            }
        });
        _api.UseKestrel();
        _api.StartServer();
        Address = _api.ClientOptions.BaseAddress;
    }

    public Uri Address { get; }

    public string KeyFile => Path.Combine(_folder.FullName, "signing.key");

    public string RevocationList => Path.Combine(_folder.FullName, RevocationFile.Name);

    public IServiceProvider Services => _api.Services;

    public static StreamingApi Start(string ledger, params (string Name, string Value)[] settings) => new(ledger, settings);

    public string Token(string role = Roles.Admin, string? scope = null, string? subject = null) =>
        BearerToken.Create(SigningKey.Read(KeyFile), role, scope, DateTimeOffset.UtcNow.AddHours(1), subject);

    /// <summary>Sends a request for the stream; returns once there are headers.</summary>
    public async Task<HttpResponseMessage> RequestAsync(string? token = null, string? last = null, HttpMethod? method = null)
    {
        using var client = new HttpClient(_connections, disposeHandler: false) { BaseAddress = Address };
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, "/v1/stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token());
        if (last is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Opens a stream.</summary>
    public async Task<OpenStream> OpenAsync(string? token = null, string? last = null)
    {
        var response = await RequestAsync(token, last);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await OpenStream.ReadAsync(response);
    }

    /// <summary>Stops the host as SIGTERM does, its clients being what they are.</summary>
    public Task StopAsync() => _api.Services.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _connections.Dispose();
        await _api.DisposeAsync();
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A ledger of one partition a table, which moves on as ingest would move it.</summary>
internal sealed class MovedLedger(string connection, params string[] tables) : IAsyncDisposable
{
    private const string MoveSql = """
        INSERT INTO partitions AS p (topic, partition, fence, owner, taken_at, applied_offset, commit_lsn, change_index, inserts, source_time, applied_at)
        SELECT 'andi.public.' || name, 0, 1, 'a test', now(), 10, $2::pg_lsn, $3, $4, now(), now()
        FROM unnest($1) AS name
        ON CONFLICT (topic, partition) DO UPDATE
        SET commit_lsn = excluded.commit_lsn, change_index = excluded.change_index, inserts = p.inserts + $4, applied_at = excluded.applied_at,
            applied_offset = p.applied_offset + 1
        """;

    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(connection);
    private int _lsn = 0x1000;

    public string Connection => connection;

    /// <summary>Moves every table on by a heartbeat; its position.</summary>
    public async Task<string> BeatAsync()
    {
        var lsn = _lsn += 0x10;
        await MoveAsync(tables, lsn, uint.MaxValue, inserts: 0);
        return $"0/{lsn:X}";
    }

    /// <summary>Applies rows of a transaction, and lets the heartbeat behind it come when it comes.</summary>
    /// <returns>What the write was told as its position.</returns>
    public async Task<string> ApplyAsync(params string[] written)
    {
        var lsn = _lsn += 0x10;
        await MoveAsync(written, lsn, 3, inserts: 1);
        return $"0/{lsn + 8:X}";
    }

    /// <summary>Applies rows and the heartbeat behind them.</summary>
    /// <returns>The position of that.</returns>
    public async Task<string> WriteAsync(params string[] written)
    {
        await ApplyAsync(written);
        return await BeatAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task MoveAsync(string[] moved, int lsn, long index, long inserts)
    {
        await using var command = _database.CreateCommand(MoveSql);
        command.Parameters.Add(new() { Value = moved });
        command.Parameters.Add(new() { Value = $"0/{lsn:X}" });
        command.Parameters.Add(new() { Value = index });
        command.Parameters.Add(new() { Value = inserts });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
