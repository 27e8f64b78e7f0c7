namespace Andi.Warehouse.Client;

/// <summary>A statement with everything that goes with one call of it.</summary>
/// <param name="Sql">One statement, without a FORMAT clause where rows are read.</param>
public sealed record ClickHouseStatement(string Sql)
{
    /// <summary>What telemetry calls the statement, for instance <c>classroom_scores</c>; default: its first word.</summary>
    public string? Name { get; init; }

    /// <summary>Values of the statement's <c>{name:Type}</c> places.</summary>
    public ClickHouseParameters Parameters { get; init; } = [];

    /// <summary>ClickHouse settings for this call only.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = NoSettings;

    /// <summary>Default: <see cref="ClickHouseOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    internal static readonly IReadOnlyDictionary<string, string> NoSettings = new Dictionary<string, string>();
}

/// <summary>Where and how rows are inserted.</summary>
/// <param name="Database">Without quotes.</param>
/// <param name="Table">Without quotes.</param>
/// <param name="Format">The body's format, for instance <c>RowBinary</c>, <c>Native</c>, <c>JSONEachRow</c>.</param>
public sealed record ClickHouseInsert(string Database, string Table, string Format)
{
    /// <summary>The columns the body holds, in order; default: all of the table.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>ClickHouse settings for this call only; see <see cref="Ingest.ExactlyOnceSettings"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ClickHouseStatement.NoSettings;

    /// <summary>Default: four times <see cref="ClickHouseOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <exception cref="ArgumentException">The format is not a plain word.</exception>
    internal string ToSql()
    {
        if (Format.Length == 0 || !Format.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException($"'{Format}' is not the name of a format.");
        }

        var columns = Columns.Count == 0 ? "" : $" ({string.Join(", ", Columns.Select(Identifier.Quote))})";
        return $"INSERT INTO {Identifier.Quote(Database)}.{Identifier.Quote(Table)}{columns} FORMAT {Format}";
    }
}
