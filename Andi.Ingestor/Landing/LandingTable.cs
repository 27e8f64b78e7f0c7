using System.Text.Json;
using System.Text.Json.Serialization;

namespace Andi.Ingestor.Landing;

/// <summary>A landing table as ClickHouse describes it.</summary>
/// <param name="Database">Without quotes.</param>
/// <param name="Name">Without quotes: <c>{table}_changes</c>.</param>
/// <param name="Columns">In the table's order, those that are inserted.</param>
internal sealed record LandingTable(string Database, string Name, IReadOnlyList<LandingColumn> Columns)
{
    /// <summary>The columns, in order, as JSON.</summary>
    public string ColumnsText { get; } = JsonSerializer.Serialize(Columns, LandingColumnJson.Default.IReadOnlyListLandingColumn);

    /// <summary>The same table with the columns that an earlier <see cref="ColumnsText"/> names.</summary>
    public LandingTable WithColumns(string columnsText) => columnsText == ColumnsText
        ? this
        : new LandingTable(Database, Name, JsonSerializer.Deserialize(columnsText, LandingColumnJson.Default.IReadOnlyListLandingColumn)!);
}

/// <param name="Name">Of the column.</param>
/// <param name="Type">ClickHouse's type, for instance <c>LowCardinality(String)</c>.</param>
/// <param name="IsOptional">A row may lack it; then it is NULL, or what its type has for nothing.</param>
internal sealed record LandingColumn(string Name, string Type, bool IsOptional = false);

[JsonSerializable(typeof(IReadOnlyList<LandingColumn>))]
internal sealed partial class LandingColumnJson : JsonSerializerContext;
