using System.Text.Json.Serialization;

namespace Andi.Warehouse.DataTests;

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
    DateTimeOffset RanAt, string Test, string TestedTable, string Kind, string Status, long FailingRows, IReadOnlyList<string> Sample, string Message, uint Milliseconds)
{
    public const string Passed = "passed";
    public const string Failed = "failed";
    public const string Error = "error";
}

/// <summary>How many rows a test found, and some of them.</summary>
internal sealed record FailingRows(long Failing, IReadOnlyList<string> Sample);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DataTestResult))]
internal sealed partial class DataTestsJson : JsonSerializerContext;
