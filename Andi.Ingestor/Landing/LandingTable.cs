namespace Andi.Ingestor.Landing;

/// <summary>A landing table as ClickHouse describes it.</summary>
/// <param name="Database">Without quotes.</param>
/// <param name="Name">Without quotes: <c>{table}_changes</c>.</param>
/// <param name="Columns">In the table's order, those that are inserted.</param>
internal sealed record LandingTable(string Database, string Name, IReadOnlyList<LandingColumn> Columns);

/// <param name="Name">Of the column.</param>
/// <param name="Type">ClickHouse's type, for instance <c>LowCardinality(String)</c>.</param>
internal sealed record LandingColumn(string Name, string Type);
