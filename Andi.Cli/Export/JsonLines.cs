using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Andi.Cli.Export;

/// <summary>
/// Passes on rows of JSON, a line each, and writes the texts of some columns as the JSON that they hold: <c>{"a":"{\"b\":1}"}</c> becomes
/// <c>{"a":{"b":1}}</c>, with its numbers as they stand.
/// </summary>
/// <param name="inner">Gets whole lines, and stays open.</param>
/// <param name="columns">Those that hold JSON.</param>
internal sealed class JsonLines(Stream inner, IReadOnlySet<string> columns) : WriteOnlyStream
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _output = new();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _line.Write(buffer.Span[..end]);
            Rewrite(_line.WrittenSpan, columns, _output);
            _output.Write("\n"u8);
            _line.ResetWrittenCount();
            buffer = buffer[(end + 1)..];
        }

        _line.Write(buffer.Span);
        await inner.WriteAsync(_output.WrittenMemory, cancellationToken);
        _output.ResetWrittenCount();
    }

    /// <summary>Writes what is left behind the last line break.</summary>
    public override async ValueTask DisposeAsync()
    {
        await inner.WriteAsync(_line.WrittenMemory);
        _line.ResetWrittenCount();
        await base.DisposeAsync();
    }

    /// <summary>A row with the JSON of those columns in place of their texts. A text that is no JSON stays one.</summary>
    internal static void Rewrite(ReadOnlySpan<byte> row, IReadOnlySet<string> columns, IBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(row);
        var copied = 0;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isJson = columns.Contains(reader.GetString()!);
            reader.Read();
            if (isJson && reader.TokenType == JsonTokenType.String && Json(reader.GetString()!) is { } json)
            {
                output.Write(row[copied..(int)reader.TokenStartIndex]);
                output.Write(json);
                copied = (int)reader.BytesConsumed;
            }
            else
            {
                reader.Skip();
            }
        }

        output.Write(row[copied..]);
    }

    // On one line: between the parts of JSON a blank is as good as a line break, and within its texts there are none.
    private static byte[]? Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Encoding.UTF8.GetBytes(text.ReplaceLineEndings(" "));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
