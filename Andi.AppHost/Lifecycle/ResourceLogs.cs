using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Andi.Security;

namespace Andi.AppHost.Lifecycle;

/// <summary>
/// Everything that resources write, in <c>logs/{name}.log</c> of the state folder; the logs of the last starts stay beside it as <c>{name}.1.log</c> and so
/// on.
/// </summary>
internal sealed partial class ResourceLogs(string folder, ResourceNotificationService notifications, ResourceLoggerService loggers) : IDisposable
{
    private const int Kept = 4;
    private const int LinesRemembered = 200;

    private readonly ConcurrentDictionary<string, LogFile> _files = new();
    private readonly ConcurrentDictionary<string, Task> _watches = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The file of a resource, and its last lines, oldest first.</summary>
    public (string File, IReadOnlyList<string> Lines) Last(string resource, int lines) =>
        _files.TryGetValue(resource, out var file) ? (file.Path, file.Last(lines)) : (Path.Combine(folder, $"{resource}.log"), []);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    /// <summary>Begins to write; ends with the application, as what a stopping process says matters, too.</summary>
    public void Start() => _ = WatchAsync(_stop.Token);

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var notification in notifications.WatchAsync(cancellationToken))
            {
                if (notification.Resource is ExecutableResource or ProjectResource or ContainerResource)
                {
                    _ = _watches.GetOrAdd(notification.ResourceId, id => WriteAsync(id, notification.Resource.Name));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task WriteAsync(string id, string name)
    {
        await Task.Yield();
        var file = _files.GetOrAdd(name, _ => new LogFile(folder, name));
        await foreach (var batch in loggers.WatchAsync(id))
        {
            foreach (var line in batch)
            {
                file.Write(Decoration().Replace(line.Content, ""));
            }
        }
    }

    // The time at which Aspire saw the line, and colours, which are for its dashboard.
    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT[0-9:.]+Z |\x1b\[[0-9;]*m")]
    private static partial Regex Decoration();

    private sealed class LogFile : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly Queue<string> _last = new();
        private readonly StreamWriter _writer;
        private bool _isClosed;

        public LogFile(string folder, string name)
        {
            Path = System.IO.Path.Combine(folder, $"{name}.log");
            for (var number = Kept; number >= 1; number--)
            {
                var younger = number == 1 ? Path : System.IO.Path.Combine(folder, $"{name}.{number - 1}.log");
                if (File.Exists(younger))
                {
                    File.Move(younger, System.IO.Path.Combine(folder, $"{name}.{number}.log"), overwrite: true);
                }
            }

            _writer = Open();
        }

        public string Path { get; }

        // People read along, and what resources say may be about students.
        private StreamWriter Open()
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly.File;
            }

            return new StreamWriter(Path, options) { AutoFlush = true };
        }

        public void Write(string line)
        {
            lock (_lock)
            {
                if (_isClosed)
                {
                    return;
                }

                _writer.WriteLine(line);
                _last.Enqueue(line);
                if (_last.Count > LinesRemembered)
                {
                    _last.Dequeue();
                }
            }
        }

        public IReadOnlyList<string> Last(int lines)
        {
            lock (_lock)
            {
                return [.. _last.TakeLast(lines)];
            }
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _isClosed = true;
                _writer.Dispose();
            }
        }
    }
}
