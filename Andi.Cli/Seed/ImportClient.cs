using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Andi.Cli.Seed;

/// <summary>Sends CSV to <c>POST /v1/imports/{entity}</c> of a running Andi.</summary>
internal sealed class ImportClient : IDisposable
{
    /// <summary>For one request, the server's work included.</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromMinutes(30);
    private readonly HttpClient _http;

    public ImportClient(Uri address, string token)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = RequestTimeout };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <exception cref="CommandFailure">The server cannot be reached, or rejected the rows; says what it answered.</exception>
    public async Task<Answer> SendAsync(string entity, string mode, HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.PostAsync($"v1/imports/{entity}?mode={mode}", content, cancellationToken);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<Answer>(JsonSerializerOptions.Web, cancellationToken)
                    ?? throw new CommandFailure($"{_http.BaseAddress} answered the import of {entity} with an empty document.")
                : throw new CommandFailure($"{_http.BaseAddress} refused the import of {entity}: {await ReasonAsync(response, cancellationToken)}");
        }
        catch (HttpRequestException exception)
        {
            throw new CommandFailure($"{_http.BaseAddress} cannot be reached: {exception.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailure($"The import of {entity} took more than {RequestTimeout.TotalMinutes:0} minutes.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            if (JsonSerializer.Deserialize<Problem>(text, JsonSerializerOptions.Web) is { Detail: { } detail })
            {
                return detail;
            }
        }
        catch (JsonException)
        {
            // No problem document: some other server's answer, shown as it is.
        }

        return response.StatusCode == HttpStatusCode.Unauthorized ? "the token is not valid there." : $"{(int)response.StatusCode} {text}";
    }

    internal sealed record Answer(long Read, long Written, long Unchanged, long Rejected);

    private sealed record Problem(string? Detail);
}

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

/// <summary>Shows how far the files are: bars on a terminal; elsewhere a line when a file is done, and every ten seconds.</summary>
internal static class SeedProgress
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    /// <param name="files">What is to be sent, in turn.</param>
    /// <param name="lines">Takes the lines, where there are no bars: those need the output for themselves.</param>
    /// <param name="work">Sends them, and reports rows done as they are.</param>
    public static Task RunAsync(IReadOnlyList<SeedFile> files, TextWriter lines, Func<Action<SeedFile, long>, Task> work) =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected && lines == Console.Out ? OnTerminalAsync(files, work)
            : InLinesAsync(lines, work);

    private static Task OnTerminalAsync(IReadOnlyList<SeedFile> files, Func<Action<SeedFile, long>, Task> work) => AnsiConsole.Progress()
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RateColumn(),
            new RemainingTimeColumn())
        .StartAsync(async context =>
        {
            var tasks = files.ToDictionary(file => file, file => context.AddTask(file.Title, autoStart: false, maxValue: file.Count));
            await work((file, rows) =>
            {
                var task = tasks[file];
                if (!task.IsStarted)
                {
                    task.StartTask();
                }

                task.Increment(rows);
            });
        });

    private static async Task InLinesAsync(TextWriter lines, Func<Action<SeedFile, long>, Task> work)
    {
        var (done, started, printed) = (0L, Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        SeedFile? current = null;
        await work((file, rows) =>
        {
            if (file != current)
            {
                (current, done, started, printed) = (file, 0, Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
            }

            done += rows;
            if (done == file.Count || Stopwatch.GetElapsedTime(printed) >= LineEvery)
            {
                printed = Stopwatch.GetTimestamp();
                var rate = done / Math.Max(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.001);
                lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Title}: {done:N0} of {file.Count:N0} ({rate:N0}/s)"));
            }
        });
    }

    private sealed class RateColumn : ProgressColumn
    {
        public override Spectre.Console.Rendering.IRenderable Render(Spectre.Console.Rendering.RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(string.Create(CultureInfo.InvariantCulture, $"{task.Value:N0} ({task.Speed ?? 0:N0}/s)"));
    }
}
