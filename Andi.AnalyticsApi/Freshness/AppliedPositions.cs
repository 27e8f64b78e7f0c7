using Andi.Positions;
using Andi.Sql;
using Andi.Topology;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Andi.AnalyticsApi.Freshness;

/// <summary>Reads how far the warehouse is from the ingestor's own book-keeping (database <c>ingest</c>).</summary>
internal sealed class AppliedPositions(
    [FromKeyedServices(ConnectionNames.Ingest)] NpgsqlDataSource ingest, CurrentGeneration generation, IOptions<FreshnessOptions> options, TimeProvider time)
{
    private static readonly string Sql = EmbeddedSql.Read("Freshness/Sql/applied_partitions.sql");
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _sync = new();
    private Task<AppliedState>? _reading;

    /// <summary>The state now. Calls at the same time share one look: what it finds is true for all of them, as positions only grow.</summary>
    public Task<AppliedState> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            if (_reading is null or { IsCompleted: true })
            {
                _reading = LookAsync();
            }

            return _reading.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Returns once the warehouse is at <paramref name="atLeast"/>, or after <see cref="FreshnessOptions.WaitLimit"/>: then the state returned is not.
    /// </summary>
    public async Task<AppliedState> WaitAsync(Position atLeast, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var state = await ReadAsync(cancellationToken);
            if (state.Position >= atLeast || time.GetElapsedTime(start) >= options.Value.WaitLimit)
            {
                return state;
            }

            await Task.Delay(options.Value.PollInterval, time, cancellationToken);
        }
    }

    private async Task<AppliedState> LookAsync()
    {
        // Of no caller in particular, so bounded by itself.
        using var limit = new CancellationTokenSource(ReadLimit, time);
        var current = await generation.ReadAsync(limit.Token);
        return new AppliedState(current, await PartitionsAsync(limit.Token));
    }

    private async Task<List<AppliedPartition>> PartitionsAsync(CancellationToken cancellationToken)
    {
        var partitions = new List<AppliedPartition>();
        await using var command = ingest.CreateCommand(Sql);
        try
        {
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            while (await row.ReadAsync(cancellationToken))
            {
                partitions.Add(new AppliedPartition(
                    row.GetString(0),
                    row.GetInt32(1),
                    row.GetInt64(2),
                    row.GetPosition(3),
                    row.GetInt32(5),
                    row.GetFieldValue<DateTimeOffset>(6),
                    row.GetFieldValue<DateTimeOffset>(7)));
            }
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // No ingestor has ever started: nothing is applied.
        }

        return partitions;
    }
}
