using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Andi.Warehouse.Migrations;

/// <summary>One SQL file of an area: <c>V###__name.sql</c>, applied once, or <c>R__name.sql</c>, applied again whenever its text changes.</summary>
public sealed partial record MigrationFile
{
    private MigrationFile(string path, int? version, string name, IReadOnlyList<string> statements)
    {
        Path = path;
        Version = version;
        Name = name;
        Statements = statements;
        Checksum = Hash(string.Join("\n;\n", statements));
    }

    /// <summary>Area, folder and file name: <c>schools/tables/V001__staging_districts_changes.sql</c>.</summary>
    public string Path { get; }

    public string Area => Path.Split('/')[0];

    /// <summary>Null for a repeatable file.</summary>
    public int? Version { get; }

    public string Name { get; }

    public IReadOnlyList<string> Statements { get; }

    /// <summary>SHA-256 of the statements with their comments; line ends do not count.</summary>
    public string Checksum { get; }

    public bool IsRepeatable => Version is null;

    /// <summary>
    /// Identifies the file for ever: <c>schools/V001</c>, <c>schools/R__010_dims_districts_current</c>. A versioned file may be renamed or moved within
    /// its area, but not renumbered.
    /// </summary>
    public string Id => IsRepeatable ? $"{Area}/R__{Name}" : $"{Area}/V{Version:000}";

    /// <summary>Checksums of the single statements, which show how far an interrupted file got.</summary>
    public IEnumerable<string> StatementChecksums => Statements.Select(Hash);

    /// <param name="path">The area, folders if any, and the file name.</param>
    /// <param name="text">The text of the file.</param>
    /// <exception cref="FormatException">The name is neither <c>V###__name.sql</c> nor <c>R__name.sql</c>, or the text cannot be split.</exception>
    public static MigrationFile Parse(string path, string text)
    {
        var match = FileName().Match(path);
        if (!match.Success)
        {
            throw new FormatException($"{path}: a migration is named V###__name.sql or R__name.sql.");
        }

        try
        {
            var statements = SqlScript.Split(text.ReplaceLineEndings("\n"));
            int? version = match.Groups["version"].Success ? int.Parse(match.Groups["version"].ValueSpan, CultureInfo.InvariantCulture) : null;
            return statements.Count == 0
                ? throw new FormatException("it holds no statement.")
                : new MigrationFile(path, version, match.Groups["name"].Value, statements);
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"{path}: {wrong.Message}", wrong);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"^[^/]+/(.+/)?(V(?<version>\d{3})|R)__(?<name>[a-z0-9_]+)\.sql$")]
    private static partial Regex FileName();
}
