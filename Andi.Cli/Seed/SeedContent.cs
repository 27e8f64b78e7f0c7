using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Andi.Cli.Seed;

/// <summary>A part of a <see cref="SeedFile"/> as a request body, made while it is sent: it is never whole in memory.</summary>
internal sealed class SeedContent : HttpContent
{
    private const int FlushBytes = 64 * 1024;
    private readonly SeedFile _file;
    private readonly long _from;
    private readonly long _to;
    private readonly Action<long> _progress;

    public SeedContent(SeedFile file, long from, long to, Action<long> progress)
    {
        (_file, _from, _to, _progress) = (file, from, to, progress);
        Headers.ContentType = new MediaTypeHeaderValue("text/csv", "utf-8");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(_file.Header + "\n"), cancellationToken);
        var csv = new CsvBuffer();
        var reported = _from;
        for (var index = _from; index < _to; index++)
        {
            _file.Write(index, csv);
            if (csv.Length >= FlushBytes)
            {
                await stream.WriteAsync(csv.Written, cancellationToken);
                csv.Clear();
                _progress(index + 1 - reported);
                reported = index + 1;
            }
        }

        await stream.WriteAsync(csv.Written, cancellationToken);
        _progress(_to - reported);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
