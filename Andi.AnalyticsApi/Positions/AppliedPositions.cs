using System.ComponentModel.DataAnnotations;
using Andi.ChangeEvents;
using Andi.Sql;
using Andi.Topology;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Andi.AnalyticsApi.Positions;

/// <summary>Section <c>Freshness</c> of the configuration.</summary>
internal sealed class PositionOptions
{
    public const string Section = "Freshness";

    /// <summary>How long a read with <c>Andi-At-Least</c> waits for that position at most; default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan WaitLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the position is looked at meanwhile; default 20 ms. However many reads wait, there is one look at a time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(20);
}

/// <summary>Reads how far the warehouse is from the ingestor's own book-keeping (database <c>ingest</c>).</summary>
internal sealed class AppliedPositions(
    [FromKeyedServices(ConnectionNames.Ingest)] NpgsqlDataSource ingest, IOptions<PositionOptions> options, TimeProvider time)
{
    private static readonly string Sql = EmbeddedSql.Read("Positions/Sql/applied_partitions.sql");
    private const uint FirstGeneration = 1;
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
    /// Returns once the warehouse is at <paramref name="atLeast"/>, or after <see cref="PositionOptions.WaitLimit"/>: then the state returned is not.
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
        return await StateAsync(limit.Token);
    }

    private async Task<AppliedState> StateAsync(CancellationToken cancellationToken)
    {
        var generation = FirstGeneration;
        var partitions = new List<AppliedPartition>();
        await using var command = ingest.CreateCommand(Sql);
        try
        {
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            while (await row.ReadAsync(cancellationToken))
            {
                generation = (uint)row.GetInt32(0);
                if (row.IsDBNull(1))
                {
                    continue;
                }

                partitions.Add(new AppliedPartition(
                    row.GetString(1),
                    row.GetInt32(2),
                    row.GetInt64(3),
                    row.GetPosition(4),
                    row.GetFieldValue<DateTimeOffset>(6),
                    row.GetFieldValue<DateTimeOffset>(7),
                    row.GetInt64(8)));
            }
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // No ingestor has ever started: nothing is applied.
        }

        return new AppliedState(generation, partitions);
    }
}
