using System.Buffers;
using System.Text.Json;

namespace Andi.Ingestor.Landing;

/// <summary>Collects a row's columns that have no home in the landing table yet, as one JSON object; nothing where there are none.</summary>
internal sealed class UnmappedColumns : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private bool _isOpen;

    public UnmappedColumns() => _json = new Utf8JsonWriter(_buffer);

    public ReadOnlySpan<byte> Written
    {
        get
        {
            if (!_isOpen)
            {
                return default;
            }

            _json.WriteEndObject();
            _json.Flush();
            return _buffer.WrittenSpan;
        }
    }

    /// <summary>Takes over the property that the reader stands on, and its value.</summary>
    public void Append(ref Utf8JsonReader json)
    {
        if (!_isOpen)
        {
            _json.WriteStartObject();
            _isOpen = true;
        }

        _json.WritePropertyName(json.GetString()!);
        json.Read();
        using var value = JsonDocument.ParseValue(ref json);
        value.RootElement.WriteTo(_json);
    }

    public void Clear()
    {
        if (_isOpen)
        {
            _isOpen = false;
            _json.Reset();
            _buffer.ResetWrittenCount();
        }
    }

    public void Dispose() => _json.Dispose();
}
