using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Andi.Warehouse.Migrations;

/// <summary>One SQL file of an area: <c>V###__name.sql</c>, applied once, or <c>R__name.sql</c>, applied again whenever its text changes.</summary>
public sealed partial record MigrationFile
{
    private MigrationFile(string area, int? version, string name, IReadOnlyList<string> statements)
    {
        Area = area;
        Version = version;
        Name = name;
        Statements = statements;
        Checksum = Hash(string.Join("\n;\n", statements));
    }

    /// <summary>The folder it is in.</summary>
    public string Area { get; }

    /// <summary>Null for a repeatable file.</summary>
    public int? Version { get; }

    public string Name { get; }

    public IReadOnlyList<string> Statements { get; }

    /// <summary>SHA-256 of the statements with their comments; line ends do not count.</summary>
    public string Checksum { get; }

    public bool IsRepeatable => Version is null;

    /// <summary>Names the file for ever: <c>assessments/V001</c>, <c>assessments/R__names</c>. A versioned file may be renamed, not renumbered.</summary>
    public string Id => IsRepeatable ? $"{Area}/R__{Name}" : $"{Area}/V{Version:000}";

    /// <summary>As it is in the repository, for people: <c>assessments/V001__staging_districts_changes.sql</c>.</summary>
    public string Path => IsRepeatable ? $"{Id}.sql" : $"{Id}__{Name}.sql";

    /// <summary>Checksums of the single statements, which tell how far an interrupted file got.</summary>
    public IEnumerable<string> StatementChecksums => Statements.Select(Hash);

    /// <exception cref="FormatException">The name is neither <c>V###__name.sql</c> nor <c>R__name.sql</c>, or the text cannot be split.</exception>
    public static MigrationFile Parse(string area, string fileName, string text)
    {
        var match = FileName().Match(fileName);
        if (!match.Success)
        {
            throw new FormatException($"{area}/{fileName}: a migration is named V###__name.sql or R__name.sql.");
        }

        try
        {
            var statements = SqlScript.Split(text.ReplaceLineEndings("\n"));
            int? version = match.Groups["version"].Success ? int.Parse(match.Groups["version"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : null;
            return statements.Count == 0
                ? throw new FormatException("it holds no statement.")
                : new MigrationFile(area, version, match.Groups["name"].Value, statements);
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"{area}/{fileName}: {wrong.Message}", wrong);
        }
    }

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"^(V(?<version>\d{3})|R)__(?<name>[a-z0-9_]+)\.sql$")]
    private static partial Regex FileName();
}
