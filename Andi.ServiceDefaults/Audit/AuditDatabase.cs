using Andi.Topology;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Andi.Audit;

/// <summary>The log's own connections to the transactional database: reads are noted even where all others are taken.</summary>
public sealed class AuditDatabase : IAsyncDisposable
{
    private const int MaxConnections = 4;
    private const int TimeoutSeconds = 5;

    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public AuditDatabase(IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString(ConnectionNames.Oltp)
            ?? throw new InvalidOperationException(
                $"The connection string '{ConnectionNames.Oltp}' is missing (ConnectionStrings__{ConnectionNames.Oltp}): the audit log is there.");
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection)
        {
            MaxPoolSize = MaxConnections,
            Timeout = TimeoutSeconds,
            CommandTimeout = TimeoutSeconds,
            MaxAutoPrepare = 16,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            ApplicationName = "andi-audit",
        });
    }

    public NpgsqlDataSource Source { get; }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
