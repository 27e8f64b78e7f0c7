using System.Text.RegularExpressions;
using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Ingestor.Landing;

/// <summary>
/// Finds the rows of an insert for which ClickHouse refused all of it: puts them into a table without constraints, which lives for a moment, and asks there.
/// </summary>
internal sealed class RefusedRows(ClickHouseClient warehouse)
{
    private static readonly string CreateSql = EmbeddedSql.Read("Landing/Sql/refused_rows.sql");
    private static readonly string OffsetsSql = EmbeddedSql.Read("Landing/Sql/refused_offsets.sql");
    private static readonly string LandedSql = EmbeddedSql.Read("Landing/Sql/landed_before.sql");

    /// <summary>
    /// Why, by the offset of the event. None where rows of these offsets have landed: then they were inserted before there was this constraint, and to leave
    /// them out of a repetition now would call rows dead letters that count.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, string>> FindAsync(LandingBatch rows, ViolatedConstraint constraint, CancellationToken cancellationToken)
    {
        var copy = $"refused_{rows.Table.Name}_{Guid.NewGuid():N}";
        await ExecuteAsync(CreateSql, cancellationToken);
        try
        {
            var insert = new ClickHouseInsert("ops", copy, "Native") { Columns = [.. rows.Table.Columns.Select(column => column.Name)] };
            await warehouse.InsertAsync(insert, rows.WriteToAsync, cancellationToken);
            if (await warehouse.ScalarAsync<long>(Statement(LandedSql), cancellationToken) > 0)
            {
                return new Dictionary<long, string>();
            }

            var reason = $"ClickHouse refuses it: constraint {constraint.Name} is violated ({constraint.Expression}).";
            var refused = await warehouse.QueryAsync<OffsetRow>(Statement(OffsetsSql), cancellationToken);
            return refused.ToDictionary(row => row.Offset, _ => reason);
        }
        finally
        {
            await ExecuteAsync("DROP TABLE {{copy}}", CancellationToken.None);
        }

        Task ExecuteAsync(string sql, CancellationToken cancellation) => warehouse.ExecuteAsync(Statement(sql), cancellation);

        ClickHouseStatement Statement(string sql) => new(sql
            .Replace("{{copy}}", $"ops.{Identifier.Quote(copy)}", StringComparison.Ordinal)
            .Replace("{{table}}", $"{Identifier.Quote(rows.Table.Database)}.{Identifier.Quote(rows.Table.Name)}", StringComparison.Ordinal)
            .Replace(
                "{{columns}}",
                string.Join(", ", rows.Table.Columns.Select(column => $"{Identifier.Quote(column.Name)} {column.Type}")),
                StringComparison.Ordinal)
            .Replace("{{condition}}", constraint.Expression, StringComparison.Ordinal))
        { Name = "refused_rows" };
    }
}

/// <summary>A constraint of a landing table that an insert violates for what its rows contain.</summary>
/// <param name="Name">The name of the constraint.</param>
/// <param name="Expression">The condition that every row must meet, in ClickHouse's SQL.</param>
internal sealed partial record ViolatedConstraint(string Name, string Expression)
{
    /// <summary>ClickHouse's VIOLATED_CONSTRAINT.</summary>
    private const int Code = 469;

    /// <summary>Refuses rows for who writes them, not for what they contain.</summary>
    private const string Fence = "not_fenced_off";

    /// <summary>Null where ClickHouse refused the insert for something else.</summary>
    public static ViolatedConstraint? Of(ClickHouseException exception) =>
        exception.Code == Code && Text().Match(exception.Message) is { Success: true } text && text.Groups["name"].Value != Fence
            ? new ViolatedConstraint(text.Groups["name"].Value, text.Groups["expression"].Value)
            : null;

    // What the values hold comes behind, and they are not searched.
    [GeneratedRegex(
        @"Constraint `?(?<name>[^`\s]+)`? for table .*? is violated at row \d+\. Expression: \((?<expression>.*?)\)\. Column values: ",
        RegexOptions.Singleline)]
    private static partial Regex Text();
}

internal sealed record OffsetRow(long Offset);
