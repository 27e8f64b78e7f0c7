namespace Andi.AppHost.Native;

/// <summary>Everything a child writes, in <c>logs/{name}.log</c>; the logs of the last starts stay beside it as <c>{name}.1.log</c> and so on.</summary>
internal sealed class LogFile : IDisposable
{
    private const int Kept = 4;
    private const int LastLines = 200;

    private readonly Lock _lock = new();
    private readonly Queue<string> _last = new();
    private readonly StreamWriter _writer;
    private bool _closed;

    public LogFile(string folder, string name)
    {
        Path = System.IO.Path.Combine(folder, $"{name}.log");
        for (var generation = Kept; generation >= 1; generation--)
        {
            var younger = generation == 1 ? Path : System.IO.Path.Combine(folder, $"{name}.{generation - 1}.log");
            if (File.Exists(younger))
            {
                File.Move(younger, System.IO.Path.Combine(folder, $"{name}.{generation}.log"), overwrite: true);
            }
        }

        _writer = new StreamWriter(new FileStream(Path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
    }

    public string Path { get; }

    public void Write(string line)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _writer.WriteLine(line);
            _last.Enqueue(line);
            if (_last.Count > LastLines)
            {
                _last.Dequeue();
            }
        }
    }

    /// <summary>The last lines of this start, oldest first.</summary>
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
            _closed = true;
            _writer.Dispose();
        }
    }
}
