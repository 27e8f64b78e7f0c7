using Andi.ChangeEvents;

namespace Andi.Oltp.ChangeCapture.Catalog;

/// <summary>A captured table as its changes are written: what becomes of them, and its columns in the order they are sent.</summary>
internal sealed record CapturedTable(TableCapture Capture, CapturedColumn[] Columns)
{
    private readonly byte[] _sourceLabel = ChangeEventWriter.TableLabel(Capture.Schema, Capture.Name);

    public string Schema => Capture.Schema;

    public string Name => Capture.Name;

    public string Topic => Capture.Topic;

    /// <summary>Its names as they stand in an event's source: <c>,"schema":"…","table":"…"</c>.</summary>
    public ReadOnlySpan<byte> SourceLabel => _sourceLabel;
}
