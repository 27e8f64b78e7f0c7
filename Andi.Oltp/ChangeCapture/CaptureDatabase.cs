using Npgsql;
using Npgsql.Replication;

namespace Andi.Oltp.ChangeCapture;

/// <summary>The relay's connections to the transactional database, apart from the pool of the requests: text forms are ISO and in UTC.</summary>
internal sealed class CaptureDatabase(string connectionString) : IAsyncDisposable
{
    private const string TextForms = "-c datestyle=ISO -c timezone=UTC -c intervalstyle=iso_8601 -c extra_float_digits=1";

    private readonly NpgsqlConnectionStringBuilder _settings = new(connectionString) { Options = TextForms, Enlist = false };

    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { Options = TextForms, MaxPoolSize = 8, ApplicationName = "andi change relay" });

    /// <param name="senderTimeout">After this long without an answer PostgreSQL ends the connection and frees the slot.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public async Task<LogicalReplicationConnection> OpenReplicationAsync(TimeSpan senderTimeout, CancellationToken cancellationToken)
    {
        var connection = new LogicalReplicationConnection(new NpgsqlConnectionStringBuilder(_settings.ConnectionString)
        {
            Options = $"{TextForms} -c wal_sender_timeout={senderTimeout.TotalMilliseconds:0}",
            ApplicationName = "andi change relay (replication)",
        }.ConnectionString)
        {
            WalReceiverStatusInterval = senderTimeout / 5,
        };
        await connection.Open(cancellationToken);
        return connection;
    }

    /// <summary>Waits for the session lock under which the slot's snapshot is decided on; closing the connection gives it back.</summary>
    public async Task<NpgsqlConnection> TakeTurnAsync(string slot, CancellationToken cancellationToken)
    {
        // Not pooled: the lock must end with the connection.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended('andi.change_capture.' || $1, 0))", connection)
            {
                Parameters = { new() { Value = slot } },
                CommandTimeout = 0,
            };
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
