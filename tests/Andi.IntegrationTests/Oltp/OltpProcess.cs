using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Andi.IntegrationTests.Oltp;

/// <summary>Andi.Oltp as it runs in earnest: a process of its own, whose memory can be told.</summary>
internal sealed class OltpProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private OltpProcess(Process process, Uri address, string token)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public HttpClient Http { get; }

    /// <summary>The most that the process has ever had resident, in MiB.</summary>
    public int PeakResidentMiB => File.ReadLines($"/proc/{_process.Id}/status")
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
        .Single();

    public static async Task<OltpProcess> StartAsync(OltpFixture oltp, string kafka, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", Path.Combine(AppContext.BaseDirectory, "Andi.Oltp.dll")) { RedirectStandardOutput = true };
        start.Environment["ConnectionStrings__oltp"] = oltp.ConnectionString;
        start.Environment["ConnectionStrings__kafka"] = kafka;
        start.Environment["Security__SigningKeyFile"] = oltp.KeyFile;
        start.Environment["ChangeCapture__Enabled"] = "false";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        var process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && text.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                address.TrySetResult(new Uri(text[(at + Listening.Length)..]));
            }
        };
        process.BeginOutputReadLine();
        return new OltpProcess(process, await address.Task.WaitAsync(StartsWithin, cancellationToken), oltp.Token("admin", null));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
