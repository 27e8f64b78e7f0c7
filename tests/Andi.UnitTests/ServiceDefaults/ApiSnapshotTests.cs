using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Andi.AnalyticsApi;
using Andi.Oltp.Storage;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>The OpenAPI documents are committed, so that a change of an API is a diff that somebody reads.</summary>
public sealed class ApiSnapshotTests
{
    /// <summary>Set to 1, it has the tests write the documents instead of comparing them.</summary>
    private const string Renew = "ANDI_RENEW_OPENAPI";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_side_is_as_committed() => await CompareAsync("oltp.json", await DescribedApi.ReadAsync<OltpOptions>(Cancellation));

    [Fact]
    public async Task Read_side_is_as_committed() => await CompareAsync("analytics.json", await DescribedApi.ReadAsync<AnalyticsApiMarker>(Cancellation));

    private static async Task CompareAsync(string name, JsonNode document)
    {
        var path = Path.Combine(Root(), "docs", "openapi", name);
        var text = Text(document);
        if (Environment.GetEnvironmentVariable(Renew) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text, Cancellation);
        }

        text.ShouldBe(
            File.Exists(path) ? await File.ReadAllTextAsync(path, Cancellation) : "",
            $"The API is not as docs/openapi/{name} says. If that is meant, run {Renew}=1 dotnet test --project tests/Andi.UnitTests "
            + $"--filter-class \"*.{nameof(ApiSnapshotTests)}\", and commit the difference.");
    }

    /// <summary>Without the address of this run, and in an order that does not follow from that of the code.</summary>
    private static string Text(JsonNode document)
    {
        var root = document.AsObject();
        root.Remove("servers");
        root.Remove("tags");
        Sort(root["paths"]!.AsObject());
        foreach (var components in root["components"]!.AsObject())
        {
            Sort(components.Value!.AsObject());
        }

        return root.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    private static void Sort(JsonObject members)
    {
        var sorted = members.OrderBy(member => member.Key, StringComparer.Ordinal).ToList();
        members.Clear();
        foreach (var (name, value) in sorted)
        {
            members.Add(name, value);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Andi.Aspire.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run within the repository.");
        }

        return folder.FullName;
    }
}
