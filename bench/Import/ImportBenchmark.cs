using System.Net.Http.Headers;
using Andi.Bench.Measuring;
using Andi.Bench.School;
using Andi.Bench.Setting;
using Npgsql;

namespace Andi.Bench.Import;

/// <summary>The CSV import beside the fastest way that PostgreSQL has.</summary>
internal sealed class ImportBenchmark : IBenchmark
{
    private const int Scores = 1_000_000;
    private const string TableColumns =
        "score_id, student_id, teacher_id, test_id, school_year, test_date, status, overall_score, overall_performance_level, "
        + "dimension_scores, school_id, district_id, state_id, grade";

    private const string FileColumns =
        """
        score_id AS "scoreId", student_id AS "studentId", teacher_id AS "teacherId", test_id AS "testId", school_year AS "schoolYear", test_date AS "testDate",
        status, overall_score AS "overallScore", overall_performance_level AS "overallPerformanceLevel",
        dimension_scores ->> 'algebra' AS "dimension:algebra", dimension_scores ->> 'geometry' AS "dimension:geometry"
        """;

    public string Name => "import";

    public string Question => "`POST /v1/imports/scores` of a CSV file, beside PostgreSQL's `\\copy` of the same scores into the same table.";

    public async Task<PartResult> RunAsync(BenchSetting setting, CancellationToken cancellationToken)
    {
        var scores = setting.Options.Sized(Scores);
        // Only the write side: what reads the WAL and the topics would take its part of both cores, from both.
        var topology = await setting.StartAsync(
            options => options with { ServiceVariables = new Dictionary<string, string> { ["ChangeCapture__Enabled"] = "false" } }, cancellationToken);
        await using var database = NpgsqlDataSource.Create($"{topology.Run.Postgres};Command Timeout=0");
        var system = SchoolSystem.For(database, scores);
        await system.CreateAsync(cancellationToken);
        var andiFile = Path.Combine(setting.Folder, "andi.csv");
        var copyFile = Path.Combine(setting.Folder, "copy.csv");
        await CsvFiles.WriteAsync(database, system.Select(FileColumns, 1, scores), andiFile, cancellationToken);
        await CsvFiles.WriteAsync(database, system.Select(TableColumns, 1, scores), copyFile, cancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(topology.Run.Oltp!), Timeout = TimeSpan.FromMinutes(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", topology.Run.Tokens.Admin);

        var copied = new List<double>();
        var imported = new List<double>();
        for (var run = 1; run <= setting.Options.Runs; run++)
        {
            await EmptyAsync(database, cancellationToken);
            copied.Add(scores / await Stopwatches.SecondsAsync(() => CsvFiles.CopyInAsync(database, $"scores ({TableColumns})", copyFile, cancellationToken)));
            var sum = await SumAsync(database, cancellationToken);
            await EmptyAsync(database, cancellationToken);
            imported.Add(scores / await Stopwatches.SecondsAsync(() => ImportAsync(http, andiFile, cancellationToken)));
            if (await SumAsync(database, cancellationToken) is var other && other != sum)
            {
                throw new InvalidOperationException($"The import left other rows ({other}) than the copy ({sum}).");
            }

            setting.Tell($"run {run}: \\copy {copied[^1]:N0}, import {imported[^1]:N0} rows/s");
        }

        var floor = new Figures("`\\copy`", "rows/s", copied);
        var andi = new Figures("import", "rows/s", imported);
        return new PartResult(
            [floor, andi],
            [Goal.AtLeast(0.5, andi.Over(floor, "import over `\\copy`"))],
            [
                $"{scores:N0} scores. The table is emptied before each load, its indexes and constraints stay. The import checks every field, looks up school, "
                + "district, state and grade, and answers with rejects by line; `\\copy` gets a file that has these columns already. The relay and "
                + "the ingestor's load are off.",
            ]);
    }

    private static async Task ImportAsync(HttpClient http, string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        using var content = new StreamContent(stream) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var response = await http.PostAsync("v1/imports/scores", content, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The import failed: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    // A checkpoint, so that none falls into what is timed, or both begin with one behind them.
    private static async Task EmptyAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("TRUNCATE scores; CHECKPOINT");
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string> SumAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT count(*) || ' ' || sum(hashtextextended(scores::text, 0)::numeric) FROM scores");
        command.CommandTimeout = 0;
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
