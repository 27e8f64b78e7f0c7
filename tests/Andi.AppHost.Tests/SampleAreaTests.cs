using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Andi.Testing;

namespace Andi.AppHost.Tests;

/// <summary>
/// The area of <c>SampleArea/</c>, made as docs/add-a-subject-area.md says (one table, one aggregate, one endpoint, one
/// page, one check), in a copy of the solution.
/// </summary>
public sealed partial class SampleAreaTests
{
    private static readonly TimeSpan BuildTimeout = TimeSpan.FromMinutes(5);
    [Fact]
    [Trait("Category", "Long")]
    public async Task Area_that_is_added_to_its_folders_alone_is_written_read_and_checked()
    {
        var copy = CopySolution();
        // Without the analyzers: what is tested is that the area builds and answers.
        await RunAsync(copy, "dotnet", "build", "Andi.AppHost", "-p:RunAnalyzers=false");

        await using var host = HostProcess.StartFrom(
            Path.Combine(copy, "Andi.AppHost", "bin", "Debug", "net10.0", "Andi.AppHost.dll"), TestState.Empty("sample-area"), [], "--no-dashboard");
        await host.HealthyAsync();
        using var oltp = Client(host.Run.Oltp!, host.Run.Tokens.Admin!);
        await PutAsync(oltp, "districts/d1", new { name = "North", stateId = "WA" });
        await PutAsync(oltp, "schools/s1", new { name = "Hill", districtId = "d1" });
        foreach (var (loan, day) in ((string, string)[])[("l1", "2026-01-10"), ("l2", "2026-01-20"), ("l3", "2026-02-01"), ("l4", "2026-02-02")])
        {
            await PutAsync(oltp, $"loans/{loan}", new { schoolId = "s1", title = "Momo", lentOn = day });
        }

        await PutAsync(oltp, "loans/l2", new { schoolId = "s1", title = "Momo", lentOn = "2026-03-01" });
        using var deleted = await oltp.DeleteAsync("v1/loans/l3", TestContext.Current.CancellationToken);
        var position = deleted.EnsureSuccessStatusCode().Headers.GetValues("Andi-Position").Single();

        using var analytics = Client(host.Run.Analytics!, host.Run.Tokens.Admin!);
        analytics.DefaultRequestHeaders.Add("Andi-At-Least", position);
        var answer = await analytics.GetFromJsonAsync<JsonElement>("v1/schools/s1/loans", TestContext.Current.CancellationToken);
        answer.GetProperty("items").EnumerateArray()
            .Select(month => (month.GetProperty("month").GetString(), month.GetProperty("loanCount").GetInt32()))
            .ShouldBe([("2026-01-01", 1), ("2026-02-01", 1), ("2026-03-01", 1)]);
        await ShowsPageAsync(host.Run.Web!);
        var runFile = Path.Combine(host.StateFolder, "run.json");
        (await RunAsync(copy, "dotnet", Path.Combine("Andi.Cli", "bin", "Debug", "net10.0", "Andi.Cli.dll"), "check", "--run-file", runFile))
            .ShouldContain("agg.school_loans");
    }

    // As the principal, who finds the page in the menu.
    private static async Task ShowsPageAsync(string web)
    {
        using var browser = new HttpClient { BaseAddress = new Uri(web) };
        var form = await browser.GetStringAsync("sign-in", TestContext.Current.CancellationToken);
        using var signIn = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = AntiforgeryToken().Match(form).Groups[1].Value,
            ["role"] = "school_admin",
            ["scopeId"] = "s1",
        });
        using var home = await browser.PostAsync("sign-in", signIn, TestContext.Current.CancellationToken);
        (await home.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("href=\"/library/schools/s1\"");
        var page = await browser.GetStringAsync("library/schools/s1", TestContext.Current.CancellationToken);
        page.ShouldContain("<h1>Hill</h1>");
        page.ShouldContain("3 loans");
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();

    private static string CopySolution()
    {
        var (solution, copy) = (TestState.Solution(), TestState.Empty("sample-area-solution"));
        Copy(solution, copy);
        Directory.CreateSymbolicLink(Path.Combine(copy, "engines", "node_modules"), Path.Combine(solution, "engines", "node_modules"));
        Copy(Path.Combine(solution, "tests", "Andi.AppHost.Tests", "SampleArea"), copy);
        return copy;
    }

    private static HttpClient Client(string address, string token) => new()
    {
        BaseAddress = new Uri(address),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    private static async Task PutAsync(HttpClient oltp, string path, object body)
    {
        using var response = await oltp.PutAsJsonAsync($"v1/{path}", body, TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What the command printed; it must succeed.</summary>
    private static async Task<string> RunAsync(string folder, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(BuildTimeout);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token) + await errors;
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, output);
        return output;
    }

    // What is built, installed or kept by git is left behind.
    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from).Select(Path.GetFileName).Except(["bin", "obj", "node_modules", ".git", ".andi"]))
        {
            Copy(Path.Combine(from, folder!), Path.Combine(to, folder!));
        }
    }
}
