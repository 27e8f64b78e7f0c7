using System.Text.Json;
using Andi.ChangeEvents;

namespace Andi.Oltp.ChangeCapture.Catalog;

/// <summary>A column: its name, its JSON form, and whether it is part of the primary key.</summary>
internal sealed record CapturedColumn(string Name, JsonForm Form, bool IsKey)
{
    private readonly byte[] _label = [(byte)'"', .. JsonEncodedText.Encode(Name).EncodedUtf8Bytes, (byte)'"', (byte)':'];

    /// <summary>Its name as it stands in an image: <c>"name":</c>.</summary>
    public ReadOnlySpan<byte> Label => _label;
}
