using System.Net;
using System.Text;

namespace Andi.IntegrationTests;

/// <summary>A CSV file of any length, made while it is sent.</summary>
internal sealed class CsvContent : HttpContent
{
    private readonly string _header;
    private readonly IEnumerable<string> _rows;

    public CsvContent(string header, IEnumerable<string> rows)
    {
        (_header, _rows) = (header, rows);
        Headers.ContentType = new("text/csv");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), 64 * 1024, leaveOpen: true);
        await writer.WriteAsync(_header + "\n");
        foreach (var row in _rows)
        {
            await writer.WriteAsync(row + "\n");
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
