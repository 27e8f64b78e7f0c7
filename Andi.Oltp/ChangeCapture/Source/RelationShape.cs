using System.Text.Json;
using Andi.ChangeEvents;

namespace Andi.Oltp.ChangeCapture.Source;

/// <summary>A captured table as its changes are written: what becomes of them, and its columns in the order they are sent.</summary>
internal sealed record RelationShape(CaptureState Capture, RelationColumn[] Columns)
{
    private readonly byte[] _sourceLabel = ChangeEventWriter.TableLabel(Capture.Schema, Capture.Name);

    public string Schema => Capture.Schema;

    public string Name => Capture.Name;

    public string Topic => Capture.Topic;

    /// <summary>Its names as they stand in an event's source: <c>,"schema":"…","table":"…"</c>.</summary>
    public ReadOnlySpan<byte> SourceLabel => _sourceLabel;
}

/// <summary>A column: its name, its JSON form, and whether it is part of the primary key.</summary>
internal sealed record RelationColumn(string Name, JsonForm Form, bool IsKey)
{
    private readonly byte[] _label = [(byte)'"', .. JsonEncodedText.Encode(Name).EncodedUtf8Bytes, (byte)'"', (byte)':'];

    /// <summary>Its name as it stands in an image: <c>"name":</c>.</summary>
    public ReadOnlySpan<byte> Label => _label;
}

/// <summary>What becomes of a table's changes in one generation. Changed by the relaying thread only.</summary>
internal sealed class CaptureState(string schema, string name, string topic)
{
    public string Schema => schema;

    public string Name => name;

    public string Topic => topic;

    /// <summary>Its membership in the publication: a table that left and came back has another one.</summary>
    public uint Membership { get; private set; }

    /// <summary>Published, but its earlier rows have not been sent: no change of it may be sent before them.</summary>
    public bool IsJoining { get; private set; }

    /// <summary>Changes that committed at or above this LSN are sent; at first, and after the table left, none.</summary>
    public ulong SinceLsn { get; private set; } = ulong.MaxValue;

    public bool IsCaptured => SinceLsn != ulong.MaxValue;

    public void Join(uint membership)
    {
        Membership = membership;
        IsJoining = true;
        SinceLsn = ulong.MaxValue;
    }

    public void Capture(uint membership, ulong sinceLsn)
    {
        Membership = membership;
        IsJoining = false;
        SinceLsn = sinceLsn;
    }

    public void Leave()
    {
        IsJoining = false;
        SinceLsn = ulong.MaxValue;
    }
}
