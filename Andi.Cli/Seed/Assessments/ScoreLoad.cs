using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Cli.Seed.Assessments;

/// <summary>
/// A small school of the load test's own, so that its writes change nobody's data: a student and a score for each client. Removed at the end, through the
/// same API.
/// </summary>
internal sealed class ScoreLoad : LoadWrites
{
    private static readonly TimeSpan RemovedWithin = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly string _id = $"load-{Guid.NewGuid():N}"[..17];
    private readonly Stack<string> _made = new();

    private ScoreLoad(HttpClient http) => _http = http;

    /// <exception cref="CommandFailure">The write API cannot be reached, or refuses.</exception>
    public static async Task<ScoreLoad> MakeAsync(HttpClient http, int clients, CancellationToken cancellationToken)
    {
        var load = new ScoreLoad(http);
        try
        {
            await load.PutAsync($"v1/districts/{load._id}", new { name = "Load test", stateId = "ZZ" }, cancellationToken);
            await load.PutAsync($"v1/schools/{load._id}", new { name = "Load test", districtId = load._id }, cancellationToken);
            await load.PutAsync($"v1/teachers/{load._id}", new { name = "Load test", schoolId = load._id }, cancellationToken);
            await load.PutAsync($"v1/tests/{load._id}", new { name = "Load test", subject = "math", maxScore = 100 }, cancellationToken);
            for (var client = 0; client < clients; client++)
            {
                await load.PutAsync($"v1/students/{load.Student(client)}", new { name = "Load test", grade = "5", schoolId = load._id }, cancellationToken);
                using var posted = await http.PostAsJsonAsync("v1/scores", load.Body(client, 50), cancellationToken);
                await EnsureAsync(posted, cancellationToken);
                load._made.Push($"v1/scores/{load.Score(client)}");
            }

            return load;
        }
        catch (HttpRequestException unreachable)
        {
            await load.DisposeAsync();
            throw new CommandFailure($"{http.BaseAddress} cannot be reached: {unreachable.Message}");
        }
        catch
        {
            await load.DisposeAsync();
            throw;
        }
    }

    public override string Kind => "write: correct a score";

    /// <summary>A correction of the client's score.</summary>
    public override HttpRequestMessage Next(int client, Random random) =>
        new(HttpMethod.Put, $"v1/scores/{Score(client)}") { Content = JsonContent.Create(Body(client, random.Next(0, 10_001) / 100m)) };

    /// <summary>Takes away what was made, the last first. What is left then is told on the error stream.</summary>
    public override async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(RemovedWithin);
        var left = 0;
        while (_made.TryPop(out var path))
        {
            try
            {
                using var deleted = await _http.DeleteAsync(path, limit.Token);
                left += deleted.IsSuccessStatusCode || deleted.StatusCode == HttpStatusCode.NotFound ? 0 : 1;
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
            {
                left++;
            }
        }

        if (left > 0)
        {
            await Console.Error.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{left} rows of the load test, whose ids begin with {_id}, could not be removed."));
        }
    }

    private string Student(int client) => string.Create(CultureInfo.InvariantCulture, $"{_id}-{client}");

    private string Score(int client) => string.Create(CultureInfo.InvariantCulture, $"{_id}-{client}");

    private object Body(int client, decimal score) => new
    {
        scoreId = Score(client),
        studentId = Student(client),
        teacherId = _id,
        testId = _id,
        schoolYear = "2025-2026",
        testDate = "2025-10-01",
        overallScore = score,
        overallPerformanceLevel = 2,
        dimensionScores = new { algebra = score },
    };

    private async Task PutAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var put = await _http.PutAsJsonAsync(path, body, cancellationToken);
        await EnsureAsync(put, cancellationToken);
        _made.Push(path);
    }

    private static async Task EnsureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new CommandFailure($"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: "
                + $"{await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }
}

/// <summary>A score that stands, to make questions of.</summary>
internal sealed record ReadSample(string Teacher, string School, string District, string Student, string Year, string Test);

/// <summary>Questions about scores that stand.</summary>
internal static class ScoreQuestions
{
    private static readonly (string Kind, Func<ReadSample, string> Path)[] Kinds =
    [
        ("read: classroom", sample => $"v1/classrooms/{Escape(sample.Teacher)}/scores?schoolYear={Escape(sample.Year)}&testId={Escape(sample.Test)}"),
        ("read: students", sample => $"v1/classrooms/{Escape(sample.Teacher)}/students?schoolYear={Escape(sample.Year)}&testId={Escape(sample.Test)}"),
        ("read: school", sample => $"v1/schools/{Escape(sample.School)}/scores?schoolYear={Escape(sample.Year)}"),
        ("read: district", sample => $"v1/districts/{Escape(sample.District)}/scores?schoolYear={Escape(sample.Year)}"),
        ("read: student", sample => $"v1/students/{Escape(sample.Student)}/scores"),
    ];

    public static async Task<IReadOnlyList<ReadQuestion>> FromAsync(ClickHouseClient warehouse, CancellationToken cancellationToken)
    {
        var samples = await warehouse.QueryAsync<ReadSample>(new(EmbeddedSql.Read("Seed/Assessments/Sql/read_samples.sql")), cancellationToken);
        return samples.Count == 0 ? [] : [.. Kinds.Select(kind => new ReadQuestion(kind.Kind, [.. samples.Select(kind.Path)]))];
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
