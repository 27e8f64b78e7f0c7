namespace Andi.Cli.Queries;

/// <summary>How one run of a query went.</summary>
/// <param name="Query">Its area and name.</param>
/// <param name="Variant"><c>all</c>: optional parameters are NULL. <c>narrowed</c>: they have values.</param>
/// <param name="Milliseconds">From the question to the last row; null where it failed.</param>
/// <param name="Rows">Of the answer; null where it failed.</param>
/// <param name="Parameters">What was asked, in ClickHouse's text form; null for NULL.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
internal sealed record QueryOutcome(string Query, string Variant, double? Milliseconds, long? Rows, IReadOnlyDictionary<string, string?> Parameters, string? Error);
