using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Cli.LoadTest;

/// <summary>A score that stands, to make questions of.</summary>
internal sealed record ReadSample(string Teacher, string School, string District, string Student, string Year, string Test);

/// <summary>Questions that dashboards ask, of what the warehouse holds.</summary>
internal sealed class ReadQuestions(IReadOnlyList<ReadSample> samples)
{
    private static readonly (string Kind, Func<ReadSample, string> Path)[] Kinds =
    [
        ("read: classroom", sample => $"v1/classrooms/{Escape(sample.Teacher)}/scores?schoolYear={Escape(sample.Year)}&testId={Escape(sample.Test)}"),
        ("read: students", sample => $"v1/classrooms/{Escape(sample.Teacher)}/students?schoolYear={Escape(sample.Year)}&testId={Escape(sample.Test)}"),
        ("read: school", sample => $"v1/schools/{Escape(sample.School)}/scores?schoolYear={Escape(sample.Year)}"),
        ("read: district", sample => $"v1/districts/{Escape(sample.District)}/scores?schoolYear={Escape(sample.Year)}"),
        ("read: student", sample => $"v1/students/{Escape(sample.Student)}/scores"),
    ];

    /// <exception cref="CommandFailure">It holds no scores.</exception>
    public static async Task<ReadQuestions> FromAsync(ClickHouseClient warehouse, CancellationToken cancellationToken)
    {
        var samples = await warehouse.QueryAsync<ReadSample>(new(EmbeddedSql.Read("LoadTest/Sql/read_samples.sql")), cancellationToken);
        return samples.Count > 0 ? new ReadQuestions(samples) : throw new CommandFailure("The warehouse holds no scores that could be asked for; run seed first.");
    }

    /// <param name="random">Chooses.</param>
    /// <returns>What kind of question, and its address below that of the API.</returns>
    public (string Kind, string Path) Next(Random random)
    {
        var (kind, path) = Kinds[random.Next(Kinds.Length)];
        return (kind, path(samples[random.Next(samples.Count)]));
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
