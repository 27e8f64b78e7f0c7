namespace Andi.FaultCampaign.Setting;

/// <summary>Everything that happened, in one file and in order: what the campaign did and what every process wrote.</summary>
internal sealed class Timeline(string file, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _writer = new(file, append: false) { AutoFlush = true };
    private bool _closed;

    public string Path => file;

    /// <param name="who">A process, or <c>campaign</c>.</param>
    /// <param name="what">What happened.</param>
    /// <param name="line">What it wrote, where that is what happened.</param>
    public void Note(string who, string what, string? line = null)
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _writer.WriteLine($"{time.GetUtcNow():HH:mm:ss.fff} {who,-14} {line ?? what}");
            }
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
