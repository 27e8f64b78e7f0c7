using Andi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Oltp.ChangeCapture.Source;

/// <summary>
/// Marks the end of the WAL while only other things than captured changes are written to it (another database, vacuum), so that every partition's
/// position moves on and PostgreSQL can drop WAL that nobody needs.
/// </summary>
internal sealed class IdlePulse(NpgsqlDataSource database, TimeProvider time, ILogger<IdlePulse> logger)
{
    private static readonly string PulseSql = EmbeddedSql.Read("ChangeCapture/Sql/pulse.sql");

    public async Task RunAsync(Func<ulong> relayedLsn, TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                await using var command = database.CreateCommand(PulseSql);
                command.Parameters.Add(new NpgsqlParameter
                {
                    Value = new NpgsqlLogSequenceNumber(relayedLsn()),
                    NpgsqlDbType = NpgsqlDbType.PgLsn,
                });
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (NpgsqlException exception)
            {
                logger.PulseFailed(exception, interval);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
