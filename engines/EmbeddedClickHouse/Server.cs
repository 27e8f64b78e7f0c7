using System.Diagnostics;
using Andi.EmbeddedClickHouse.Deduplication;
using Andi.EmbeddedClickHouse.Engine;
using Andi.EmbeddedClickHouse.Native;
using Andi.EmbeddedClickHouse.Security;
using Microsoft.Extensions.Options;

namespace Andi.EmbeddedClickHouse;

/// <summary>The process: a lock on the data folder, the engine, the HTTP port; ended in the opposite order.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly EmbeddedClickHouseOptions _options;
    private readonly ILogger<Server> _logger;
    private DataPathLock? _lock;
    private bool _opened;

    private Server(WebApplication app)
    {
        _app = app;
        _options = app.Services.GetRequiredService<IOptions<EmbeddedClickHouseOptions>>().Value;
        _logger = app.Services.GetRequiredService<ILogger<Server>>();
    }

    public static Server Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp) = (true, "HH:mm:ss.fff ", true));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // Kestrel would log each answer broken off as an error, with its stack.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);

        // And a failed start with its stack; Program tells it in a line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        builder.Services.AddEmbeddedClickHouse();
        builder.ConfigurePort();
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        app.MapClickHouse();
        return new Server(app);
    }

    public async Task RunAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var library = ChdbLibrary.Find(_options.LibraryPath)
            ?? throw new StartException("libchdb.so was not found. Run 'npm ci' in the folder engines of the repository, or set ClickHouse:LibraryPath.");
        _lock = DataPathLock.Take(_options.DataPath);
        foreach (var (table, blocks) in LostInserts.Forget(_options.DataPath))
        {
            LogLost(blocks, table);
        }

        ChdbLibrary.Load(library);
        var engine = _app.Services.GetRequiredService<EngineHost>();
        engine.Start();
        _opened = true;
        LogOpened(_options.DataPath, engine.Version, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        if (_app.Services.GetRequiredService<PasswordCheck>().File is { } file)
        {
            LogPassword(file);
        }

        // A statement holds its thread while the engine works.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(workers + (2 * _options.MaxConnections), completions);
        _app.Lifetime.ApplicationStopping.Register(LogStopping);
        await _app.StartAsync();
        LogListening(string.Join(", ", _app.Urls));
        await _app.WaitForShutdownAsync();
    }

    public async ValueTask DisposeAsync()
    {
        var idle = await _app.Services.GetRequiredService<ConnectionGate>().CloseAsync(AfterKill);
        await _app.DisposeAsync();
        _lock?.Dispose();
        if (_opened)
        {
            LogClosed(idle ? "cleanly" : "while statements still ran");
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Opened {DataPath} with ClickHouse {Version} in {Milliseconds} ms")]
    private partial void LogOpened(string dataPath, string version, long milliseconds);

    [LoggerMessage(2, LogLevel.Information, "The password is in {File}")]
    private partial void LogPassword(string file);

    [LoggerMessage(3, LogLevel.Information, "Listening on {Urls}")]
    private partial void LogListening(string urls);

    [LoggerMessage(4, LogLevel.Information, "Stopping")]
    private partial void LogStopping();

    [LoggerMessage(5, LogLevel.Information, "Closed {How}")]
    private partial void LogClosed(string how);

    [LoggerMessage(
        6, LogLevel.Warning, "{Blocks} inserts that a kill cut off before their rows were in {TableFolder} are forgotten; repeated, they will be written")]
    private partial void LogLost(int blocks, string tableFolder);
}
