using Npgsql;
using Npgsql.Replication;

namespace Andi.Oltp.ChangeCapture.Source;

/// <summary>The relay's connections to the transactional database, apart from the pool of the requests: text forms are ISO and in UTC.</summary>
internal sealed class CaptureDatabase(string connectionString) : IAsyncDisposable
{
    private const string TextForms = "-c datestyle=ISO -c timezone=UTC -c intervalstyle=iso_8601 -c extra_float_digits=1";

    // While the relay is behind, hundreds of changes come with one system call.
    private const int ReplicationBufferBytes = 256 * 1024;

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
            CommandTimeout = 0, // Making a slot waits for other people's transactions. A peer that is gone is noticed by:
            TcpKeepAlive = true,
            TcpKeepAliveTime = 30,
            TcpKeepAliveInterval = 10,
            ReadBufferSize = ReplicationBufferBytes,
        }.ConnectionString)
        {
            WalReceiverStatusInterval = senderTimeout / 5,
        };
        await connection.Open(cancellationToken);
        return connection;
    }

    /// <summary>A connection outside of the pool, not yet open: PostgreSQL ends it, and what it holds, after it was idle for this long.</summary>
    public NpgsqlConnection NewSession(TimeSpan idleTimeout) => new(new NpgsqlConnectionStringBuilder(_settings.ConnectionString)
    {
        Options = $"{TextForms} -c idle_session_timeout={idleTimeout.TotalMilliseconds:0}",
        Pooling = false,
    }.ConnectionString);

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
