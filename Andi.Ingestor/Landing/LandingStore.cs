using System.ComponentModel.DataAnnotations;
using Andi.Ingestor.Ledger;
using Andi.Sql;
using Andi.Warehouse.Client;
using Andi.Warehouse.Ingest;
using Microsoft.Extensions.Options;

namespace Andi.Ingestor.Landing;

/// <summary>The landing tables in ClickHouse.</summary>
internal sealed class LandingStore(ClickHouseClient warehouse, RefusedRows refusals, IOptions<LandingOptions> options) : ILandingStore
{
    private static readonly string RevokeFencesSql = EmbeddedSql.Read("Landing/Sql/revoke_fences.sql");
    private static readonly string RetractAllSql = EmbeddedSql.Read("Landing/Sql/retract_all.sql");

    private ExactlyOnceSettings? _settings;

    public Task RevokeAsync(LandingTable table, PartitionOwnership ownership, CancellationToken cancellationToken) => warehouse.ExecuteAsync(
        new ClickHouseStatement(RevokeFencesSql)
        {
            Name = "revoke_fences",
            Parameters = new ClickHouseParameters
            {
                { "table", table.Name },
                { "generation", ownership.Generation },
                { "partition", ownership.Partition },
                { "first", ownership.RevokedThrough + 1 },
                { "count", ownership.Fence - 1 - ownership.RevokedThrough },
            },
        },
        cancellationToken);

    public async Task InsertAsync(LandingBatch rows, string token, CancellationToken cancellationToken)
    {
        var insert = new ClickHouseInsert(rows.Table.Database, rows.Table.Name, "Native")
        {
            Columns = [.. rows.Table.Columns.Select(column => column.Name)],
            Settings = await SettingsAsync(token, cancellationToken),
            Timeout = options.Value.InsertTimeout,
        };
        try
        {
            await warehouse.InsertAsync(insert, rows.WriteToAsync, cancellationToken);
        }
        catch (ClickHouseException exception) when (ViolatedConstraint.Of(exception) is { } constraint)
        {
            throw await refusals.FindAsync(rows, constraint, cancellationToken) is { Count: > 0 } reasons
                ? new RefusedRowsException(reasons, exception)
                : exception;
        }
    }

    public async Task RetractAllAsync(
        LandingTable table, PartitionOwnership ownership, Truncation truncation, string token, CancellationToken cancellationToken)
    {
        var columns = table.Columns.Select(column => column.Name).Where(name => !MetaColumns.All.Contains(name)).Select(Identifier.Quote);
        var statement = new ClickHouseStatement(RetractAllSql
            .Replace("{{table}}", $"{Identifier.Quote(table.Database)}.{Identifier.Quote(table.Name)}", StringComparison.Ordinal)
            .Replace("{{columns}}", string.Join(", ", columns), StringComparison.Ordinal))
        {
            Name = "retract_all",
            Parameters = new ClickHouseParameters
            {
                { "position", truncation.Change.Source.Position.ToUInt128() },
                { "transaction_id", truncation.Change.Source.TransactionId },
                { "generation", truncation.Change.Source.Generation },
                { "partition", ownership.Partition },
                { "offset", truncation.Offset },
                { "committed_at_ms", truncation.Change.Source.CommittedAtMs },
                { "fence", ownership.Fence },
            },
            Settings = await SettingsAsync(token, cancellationToken),
            Timeout = options.Value.InsertTimeout,
        };
        await warehouse.ExecuteAsync(statement, cancellationToken);
    }

    private async ValueTask<IReadOnlyDictionary<string, string>> SettingsAsync(string token, CancellationToken cancellationToken) =>
        (_settings ??= await ExactlyOnceSettings.DiscoverAsync(warehouse, cancellationToken)).For(token);
}

/// <summary>Settings of inserts, section <c>Ingestor</c>.</summary>
public sealed class LandingOptions
{
    /// <summary>How long one insert may take. Default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan InsertTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
