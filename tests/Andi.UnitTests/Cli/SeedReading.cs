using System.Security.Cryptography;
using System.Text;
using Andi.Cli.Seed;

namespace Andi.UnitTests.Cli;

/// <summary>Reads what a seed makes, with the importer's own reader.</summary>
internal static class SeedReading
{
    public static readonly IReadOnlyList<SubjectArea> SchoolsAndScores = [.. SubjectAreas.All.Where(area => area.Name is "schools" or "assessments")];
    public static readonly IReadOnlyList<SubjectArea> Coaching = [.. SubjectAreas.All.Where(area => area.Name == "coaching")];

    public static SeedFile File(this IReadOnlyList<SubjectArea> areas, string title, int students, ulong seed = 1) =>
        areas.SelectMany(area => area.Files(students, seed)).Single(file => file.Title == title);

    /// <summary>The rows by their columns' names; every one must be well formed.</summary>
    public static List<Dictionary<string, string>> Rows(this SeedFile file)
    {
        var csv = new CsvBuffer();
        for (var index = 0L; index < file.Count; index++)
        {
            file.Write(index, csv);
        }

        var read = Oltp.CsvCursorTests.ReadAsync([.. Encoding.UTF8.GetBytes(file.Header + "\n"), .. csv.Written.Span], int.MaxValue).GetAwaiter().GetResult();
        read.ShouldAllBe(row => row.Error == null && row.Fields.Count == read[0].Fields.Count);
        return [.. read.Skip(1).Select(row => read[0].Fields.Zip(row.Fields).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    /// <summary>Of all files of the areas.</summary>
    public static string Hash(this IReadOnlyList<SubjectArea> areas, int students, ulong seed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in areas.SelectMany(area => area.Files(students, seed)))
        {
            var csv = new CsvBuffer();
            for (var index = 0L; index < file.Count; index++)
            {
                file.Write(index, csv);
            }

            hash.AppendData(csv.Written.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
