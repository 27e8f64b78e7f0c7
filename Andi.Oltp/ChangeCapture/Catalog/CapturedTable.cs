using System.Text.Json;
using Andi.Oltp.ChangeCapture.Events;

namespace Andi.Oltp.ChangeCapture.Catalog;

/// <summary>A captured table as its changes are written: what becomes of them, and its columns in the order they are sent.</summary>
internal sealed record CapturedTable(TableCapture Capture, IReadOnlyList<CapturedColumn> Columns)
{
    public string Schema => Capture.Schema;

    public string Name => Capture.Name;

    public string Topic => Capture.Topic;
}

/// <summary>A column: its name ready for JSON, its JSON form, and whether it is part of the primary key.</summary>
internal sealed record CapturedColumn(string Name, JsonEncodedText JsonName, JsonForm Form, bool IsKey);
