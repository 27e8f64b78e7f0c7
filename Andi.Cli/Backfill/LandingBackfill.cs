using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Cli.Backfill;

/// <summary>
/// Fills columns that a migration has added to a landing table from what rows of before kept in <c>_unmapped</c>, and takes the keys out of there. A value that
/// does not fit its column stays where it is. Running it again finds nothing left to do.
/// </summary>
internal sealed class LandingBackfill(ClickHouseClient warehouse)
{
    private static readonly TimeSpan MutationLimit = TimeSpan.FromHours(6);

    /// <summary>The columns that have a home now, and in how many rows each is still in <c>_unmapped</c>.</summary>
    public async Task<IReadOnlyList<(ColumnRow Column, long Rows)>> FindAsync(CancellationToken cancellationToken)
    {
        var columns = await warehouse.QueryAsync<ColumnRow>(new(EmbeddedSql.Read("Backfill/Sql/unmapped_columns.sql")), cancellationToken);
        var found = new List<(ColumnRow, long)>();
        foreach (var table in columns.GroupBy(column => column.Table))
        {
            var keys = await warehouse.QueryAsync<UnmappedKey>(
                new($"""
                    SELECT arrayJoin(JSONExtractKeys(_unmapped)) AS key, toInt64(count()) AS rows
                    FROM staging.{Identifier.Quote(table.Key)} WHERE _unmapped != '' GROUP BY key
                    """) { Name = "unmapped_keys", Timeout = MutationLimit },
                cancellationToken);
            found.AddRange(
                from column in table
                join key in keys on column.Column equals key.Key
                select (column, key.Rows));
        }

        return found;
    }

    /// <summary>Fills one column; returns in how many rows the value did not fit and stayed.</summary>
    public async Task<long> FillAsync(ColumnRow column, CancellationToken cancellationToken)
    {
        var table = $"staging.{Identifier.Quote(column.Table)}";
        var name = Identifier.Quote(column.Column);
        // JSON's null and every text that the type takes fit; what else there is stays in _unmapped, where it is seen. One statement for both columns: a row
        // is never in between.
        var raw = $"JSONExtractRaw(_unmapped, {TextLiteral.Quote(column.Column)})";
        var text = $"if(startsWith({raw}, '\"'), JSONExtractString(_unmapped, {TextLiteral.Quote(column.Column)}), {raw})";
        var value = Value(column.Type, raw, text);
        var fits = $"JSONHas(_unmapped, {TextLiteral.Quote(column.Column)}) AND {Fits(column.Type, raw, text)}";
        var rest = $"""
            arrayStringConcat(
                arrayMap(
                    pair -> concat(toJSONString(pair.1), ':', pair.2),
                    arrayFilter(pair -> pair.1 != {TextLiteral.Quote(column.Column)}, JSONExtractKeysAndValuesRaw(_unmapped))),
                ',')
            """;
        await warehouse.ExecuteAsync(
            new($$"""
                ALTER TABLE {{table}}
                UPDATE {{name}} = {{value}}, _unmapped = if(empty({{rest}}), '', concat('{', {{rest}}, '}'))
                WHERE {{fits}}
                """)
            {
                Name = "backfill",
                Settings = new Dictionary<string, string> { ["mutations_sync"] = "2" },
                Timeout = MutationLimit,
            },
            cancellationToken);
        return await warehouse.ScalarAsync<long>(
            new($"SELECT toInt64(count()) FROM {table} WHERE JSONHas(_unmapped, {{key:String}})")
            {
                Name = "unmapped_rows",
                Parameters = new() { { "key", column.Column } },
                Timeout = MutationLimit
            },
            cancellationToken);
    }

    private static bool IsNullable(string type) => Inner(type, "Nullable") is not null;

    // A type whose wrapper says how it is kept, not what it holds.
    private static string Plain(string type)
    {
        while ((Inner(type, "Nullable") ?? Inner(type, "LowCardinality")) is { } inner)
        {
            type = inner;
        }

        return type;
    }

    private static string? Inner(string type, string wrapper) =>
        type.StartsWith($"{wrapper}(", StringComparison.Ordinal) ? type[(wrapper.Length + 1)..^1]
            : type.StartsWith($"LowCardinality({wrapper}(", StringComparison.Ordinal) ? type["LowCardinality(".Length..^1] : null;

    private static string Value(string type, string raw, string text) => Plain(type) == "String"
        ? Nullable(type, raw, text)
        : Nullable(type, raw, $"assumeNotNull(accurateCastOrNull({text}, {TextLiteral.Quote(Plain(type))}))");

    private static string Fits(string type, string raw, string text)
    {
        var takesNull = IsNullable(type) ? 1 : 0;
        return Plain(type) == "String"
            ? $"({raw} != 'null' OR {takesNull})"
            : $"(({raw} = 'null' AND {takesNull}) OR isNotNull(accurateCastOrNull({text}, {TextLiteral.Quote(Plain(type))})))";
    }

    private static string Nullable(string type, string raw, string value) => IsNullable(type) ? $"if({raw} = 'null', NULL, {value})" : value;
}

/// <summary>A column of a landing table that takes a column of the source.</summary>
internal sealed record ColumnRow(string Table, string Column, string Type);

/// <summary>A key of <c>_unmapped</c>, and in how many rows it is.</summary>
internal sealed record UnmappedKey(string Key, long Rows);
