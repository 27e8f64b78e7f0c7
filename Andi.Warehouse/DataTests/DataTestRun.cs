using System.Text.Json;
using Andi.Warehouse.Client;

namespace Andi.Warehouse.DataTests;

/// <summary>Runs data tests and writes down what they found.</summary>
/// <param name="warehouse">Whose rows are tested.</param>
/// <param name="time">Tells when a test was run and how long it took.</param>
public sealed class DataTestRun(ClickHouseClient warehouse, TimeProvider time)
{
    private const int Sampled = 5;

    private static readonly JsonSerializerOptions ColumnNames = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>How long one test may take; default a minute.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often a test must fail, one time after the other, to have failed; default 3. Tables are applied one after the other: a session may show before
    /// its teacher does.
    /// </summary>
    public int Attempts { get; init; } = 3;

    /// <summary>How long after a test failed it is run again; default 5 seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Runs one. That it cannot be run is a result, too.</summary>
    public async Task<DataTestResult> RunAsync(DataTest test, CancellationToken cancellationToken)
    {
        var result = await OnceAsync(test, cancellationToken);
        for (var attempt = 2; attempt <= Attempts && result.Status == DataTestResult.Failed; attempt++)
        {
            await Task.Delay(RetryDelay, time, cancellationToken);
            result = await OnceAsync(test, cancellationToken);
        }

        return result;
    }

    /// <summary>Keeps results in <c>ops.test_results</c>.</summary>
    public async Task KeepAsync(IReadOnlyCollection<DataTestResult> results, CancellationToken cancellationToken)
    {
        if (results.Count == 0)
        {
            return;
        }

        using var rows = new MemoryStream();
        foreach (var result in results)
        {
            JsonSerializer.Serialize(rows, result, ColumnNames);
            rows.WriteByte((byte)'\n');
        }

        var insert = new ClickHouseInsert("ops", "test_results", "JSONEachRow")
        {
            Settings = new Dictionary<string, string> { ["date_time_input_format"] = "best_effort" },
        };
        await warehouse.InsertAsync(insert, rows.ToArray(), cancellationToken);
    }

    private async Task<DataTestResult> OnceAsync(DataTest test, CancellationToken cancellationToken)
    {
        var (ranAt, start) = (time.GetUtcNow(), time.GetTimestamp());
        try
        {
            var sql = $"SELECT toInt64(count()) AS failing, arrayMap(row -> toString(row), groupArray({Sampled})(tuple(*))) AS sample FROM\n(\n{test.Sql}\n)";
            var found = await warehouse.QueryAsync<FailingRows>(new(sql) { Name = test.Name, Timeout = Limit }, cancellationToken);
            var (failing, sample) = (found[0].Failing, found[0].Sample);
            return Result(failing == 0 ? DataTestResult.Passed : DataTestResult.Failed, failing, sample, "");
        }
        catch (Exception failure) when (failure is ClickHouseException or TimeoutException)
        {
            return Result(DataTestResult.Error, 0, [], failure.Message);
        }

        DataTestResult Result(string status, long failing, IReadOnlyList<string> sample, string message) =>
            new(ranAt, test.Name, test.Table, test.Kind, status, failing, sample, message, (uint)time.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>How many rows a test found, and some of them.</summary>
    private sealed record FailingRows(long Failing, IReadOnlyList<string> Sample);
}

/// <summary>What a run of a data test found: a row of <c>ops.test_results</c>.</summary>
/// <param name="RanAt">When it was begun, UTC.</param>
/// <param name="Test">Its name.</param>
/// <param name="TestedTable">Whose rows it tested.</param>
/// <param name="Kind">Of the test.</param>
/// <param name="Status"><c>passed</c>, <c>failed</c>, or <c>error</c> where it could not be run.</param>
/// <param name="FailingRows">How many rows fail; 0 where it could not be run.</param>
/// <param name="Sample">Some of these rows, as tuples.</param>
/// <param name="Message">Why it could not be run; else empty.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record DataTestResult(
    DateTimeOffset RanAt, string Test, string TestedTable, string Kind, string Status, long FailingRows,
    IReadOnlyList<string> Sample, string Message, uint Milliseconds)
{
    public const string Passed = "passed";
    public const string Failed = "failed";
    public const string Error = "error";
}
