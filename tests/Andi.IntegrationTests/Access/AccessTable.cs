using System.Text.Json;

namespace Andi.IntegrationTests.Access;

/// <summary>What the tables of docs/access.md say of one call and one role.</summary>
/// <param name="Own">Whether something of the caller's own is answered.</param>
/// <param name="Others">Whether something of others is.</param>
/// <param name="Written">What the caller wrote is, and nothing else.</param>
/// <param name="OwnIsProtected">Own things come under the rule for small groups.</param>
internal sealed record AccessCell(bool Own, bool Others, bool Written, bool OwnIsProtected, bool OthersAreProtected)
{
    public bool IsForbidden => !Own && !Others && !Written;

    public static AccessCell Parse(string cell)
    {
        var parts = cell.Split(", ");
        var all = parts.SingleOrDefault(part => part.StartsWith("all", StringComparison.Ordinal));
        var own = parts.SingleOrDefault(part => part.StartsWith("own", StringComparison.Ordinal)) ?? all;
        var others = parts.SingleOrDefault(part => part.StartsWith("others", StringComparison.Ordinal)) ?? all;
        (cell is "–" or "written" || own is not null).ShouldBeTrue($"'{cell}' is no cell");
        return new AccessCell(own is not null, others is not null, cell == "written", own?.EndsWith('*') == true, others?.EndsWith('*') == true);
    }
}

/// <summary>A table of docs/access.md, which is the policy as people read it; the tests hold the services to it.</summary>
internal static class AccessTable
{
    /// <summary>By call, as <c>GET /v1/schools/{id}</c>, and role; of the section of a service.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, AccessCell>> Read(string service)
    {
        var section = File.ReadAllText(Path.Combine(Root, "docs/access.md")).Split("\n## ").Single(part => part.StartsWith(service, StringComparison.Ordinal));
        var rows = section.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToList();
        var roles = rows[0][1..].Select(role => role.Trim('`')).ToList();
        return rows[2..].ToDictionary(
            row => row[0].Trim('`'),
            IReadOnlyDictionary<string, AccessCell> (row) => roles.Zip(row[1..]).ToDictionary(cell => cell.First, cell => AccessCell.Parse(cell.Second)));
    }

    /// <summary>The calls that a service describes.</summary>
    public static IReadOnlyList<string> Calls(string service)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, $"docs/openapi/{service}.json")));
        return
        [
            .. document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
                .Where(member => member.Name is "get" or "put" or "post" or "delete")
                .Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")),
        ];
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Andi.Aspire.sln")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }
}
