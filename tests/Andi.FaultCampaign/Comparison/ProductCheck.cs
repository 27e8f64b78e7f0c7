using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.FaultCampaign.Setting;

namespace Andi.FaultCampaign.Comparison;

/// <summary><c>Andi.Cli check</c>, the product's own proof: of every offset, every aggregate, and every row of facts and dimensions.</summary>
internal sealed class ProductCheck(CampaignTopology topology)
{
    private const int AllHolds = 0;
    private const int SomethingDiffers = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly string Assembly =
        typeof(ProductCheck).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Cli").Value!;

    /// <returns>How much was compared, by part.</returns>
    /// <exception cref="CampaignException">The check could not be made.</exception>
    public async Task<IReadOnlyDictionary<string, long>> RunAsync(Differences differences, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Assembly, "check", "--json", "--run-file", topology.RunFile])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        if (process.ExitCode is not (AllHolds or SomethingDiffers))
        {
            throw new CampaignException($"check ended with exit code {process.ExitCode}: {await error}");
        }

        var findings = JsonSerializer.Deserialize(await output, CheckedJson.Default.Checked)!.Findings;
        foreach (var finding in findings.Where(finding => finding.Differences > 0))
        {
            differences.Add($"check, {finding.Part} of {finding.Subject}", $"{finding.Differences} differ; {string.Join("; ", finding.Shown)}");
        }

        return findings.GroupBy(finding => finding.Part).ToDictionary(part => part.Key, part => part.Sum(finding => finding.Compared));
    }

    internal sealed record Checked(IReadOnlyList<Finding> Findings);

    internal sealed record Finding(string Part, string Subject, long Compared, long Differences, IReadOnlyList<Difference> Shown);

    internal sealed record Difference(string Key, string? Stands, string? Should);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProductCheck.Checked))]
internal sealed partial class CheckedJson : JsonSerializerContext;
