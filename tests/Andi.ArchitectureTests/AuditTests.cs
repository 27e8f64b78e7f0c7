using System.Diagnostics;
using Andi.ArchitectureTests.Sources;

namespace Andi.ArchitectureTests;

/// <summary>What <c>.ci/audit</c> makes of the answers of NuGet and npm.</summary>
public sealed class AuditTests : IDisposable
{
    private readonly string _answer = Path.GetTempFileName();

    public void Dispose() => File.Delete(_answer);

    [Theory]
    [InlineData("nuget", """{"projects":[{"path":"a"}]}""", 0, "")]
    [InlineData("nuget", """
        {"projects":[{"path":"a","frameworks":[{"framework":"net10.0","transitivePackages":[
            {"id":"Hole","resolvedVersion":"1.0.0","vulnerabilities":[{"severity":"Low","advisoryurl":"https://example.org/1"}]}]}]}]}
        """, 1, "VULNERABLE: Hole 1.0.0: Low, https://example.org/1")]
    [InlineData("npm", """{"vulnerabilities":{}}""", 0, "")]
    [InlineData("npm", """{"vulnerabilities":{"hole":{"name":"hole","range":"<2","severity":"moderate"}}}""", 0, "")]
    [InlineData("npm", """{"vulnerabilities":{"hole":{"name":"hole","range":"<2","severity":"critical"}}}""", 1, "VULNERABLE: hole <2 (.): critical")]
    // A registry without audits, and one that cannot be reached: that nothing was found would be a lie.
    [InlineData("npm", """{"message":"405 Method Not Allowed","statusCode":405}""", 3, "")]
    [InlineData("npm", "", 3, "")]
    [InlineData("nuget", "error: unreachable", 3, "")]
    public async Task Answer_is_read_for_what_it_is(string kind, string answer, int code, string says)
    {
        await File.WriteAllTextAsync(_answer, answer, TestContext.Current.CancellationToken);
        var script = Path.Combine(SourceTree.Root(), ".ci", "vulnerabilities.mjs");
        using var process = Process.Start(new ProcessStartInfo("node", [script, kind, _answer]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        (process.ExitCode, output.Trim()).ShouldBe((code, says));
    }
}
