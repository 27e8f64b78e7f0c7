using System.Text;
using Andi.Oltp.Imports;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>What <c>manifest.csv</c> says of the files of a set: bulk, delta or absent. A set without a manifest is bulk.</summary>
internal sealed class RosterManifest
{
    public const string FileName = "manifest.csv";

    private const string Bulk = "bulk";
    private const string Delta = "delta";
    private const string Absent = "absent";
    private const string FilePrefix = "file.";
    private const string VersionProperty = "oneroster.version";
    private const string Version = "1.1";

    private readonly Dictionary<string, (string Mode, long Line)> _files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads it, and holds it against the files that there are.</summary>
    /// <exception cref="Validation.ProblemException">422 naming the line: the manifest is malformed, or says of a file what is not so.</exception>
    public static async Task<RosterManifest> ReadAsync(RosterPackage package, CancellationToken cancellationToken)
    {
        var manifest = new RosterManifest();
        if (!package.Has(FileName))
        {
            return manifest;
        }

        await using var stream = package.Open(FileName);
        using var csv = new CsvCursor(stream);
        try
        {
            var isHeader = true;
            while (await csv.ReadAsync(cancellationToken))
            {
                if (csv.Error is not null || csv.Count != 2)
                {
                    throw RosterResult.Wrong(FileName, $"the row {csv.Error ?? $"has {csv.Count} fields, not propertyName and value"}", csv.Line);
                }

                manifest.Add(isHeader, csv.Line, Encoding.UTF8.GetString(csv[0]).Trim(), Encoding.UTF8.GetString(csv[1]).Trim());
                isHeader = false;
            }
        }
        catch (CsvException exception)
        {
            throw RosterResult.Wrong(FileName, exception.Message, exception.Line);
        }

        manifest.Check(package);
        return manifest;
    }

    /// <summary>How a file that is there is meant.</summary>
    public string ModeOf(RosterFile file) => _files.TryGetValue(file.Name, out var said) ? said.Mode : Bulk;

    private void Add(bool isHeader, long line, string property, string value)
    {
        if (isHeader)
        {
            if ((property, value) != ("propertyName", "value"))
            {
                throw RosterResult.Wrong(FileName, $"the header must be propertyName,value, not {property},{value}", line);
            }

            return;
        }

        if (property == VersionProperty && value != Version)
        {
            throw RosterResult.Wrong(FileName, $"{VersionProperty} must be {Version}, not '{value}'", line);
        }

        if (!property.StartsWith(FilePrefix, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (value is not (Bulk or Delta or Absent))
        {
            throw RosterResult.Wrong(FileName, $"{property} must be {Bulk}, {Delta} or {Absent}, not '{value}'", line);
        }

        if (!_files.TryAdd(property[FilePrefix.Length..], (value, line)))
        {
            throw RosterResult.Wrong(FileName, $"{property} is there already", line);
        }
    }

    private void Check(RosterPackage package)
    {
        foreach (var (name, (mode, line)) in _files)
        {
            if (package.Has($"{name}.csv") != (mode != Absent))
            {
                throw RosterResult.Wrong(
                    FileName, mode == Absent ? $"{name}.csv is said to be absent, and is in the set" : $"{name}.csv is missing: it is said to be {mode}", line);
            }
        }
    }
}
