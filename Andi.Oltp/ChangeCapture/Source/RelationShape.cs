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

    /// <summary>Under which its captured rows are right. Null where it is not known.</summary>
    public CaptureDefinition? Definition { get; set; }

    /// <summary>Why it is not captured although it should be; null where it is.</summary>
    public CaptureFlaw? Flaw { get; private set; }

    /// <summary>Published, but its earlier rows have not been sent: no change of it may be sent before them.</summary>
    public bool IsJoining { get; private set; }

    /// <summary>How often it began to join. A snapshot that was begun before the last time may lack changes that PostgreSQL did not send either.</summary>
    public int Joins { get; private set; }

    /// <summary>Changes that committed at or above this LSN are sent; at first, and after the table left, none.</summary>
    public ulong SinceLsn { get; private set; } = ulong.MaxValue;

    public bool IsCaptured => SinceLsn != ulong.MaxValue;

    /// <summary>Whether it is captured, is about to be, or should be.</summary>
    public bool IsWanted => IsCaptured || IsJoining || Flaw is not null;

    public void Join(uint membership, CaptureDefinition? definition)
    {
        (Membership, Definition, Flaw) = (membership, definition, null);
        IsJoining = true;
        Joins++;
        SinceLsn = ulong.MaxValue;
    }

    public void Capture(ulong sinceLsn)
    {
        IsJoining = false;
        SinceLsn = sinceLsn;
    }

    /// <summary>None of its changes counts until it joins again.</summary>
    public void Stop(CaptureFlaw? flaw)
    {
        Flaw = flaw;
        IsJoining = false;
        SinceLsn = ulong.MaxValue;
    }
}
