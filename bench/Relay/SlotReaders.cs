using System.Diagnostics;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.Internal;
using Npgsql.Replication.PgOutput;
using NpgsqlTypes;

namespace Andi.Bench.Relay;

/// <summary>Read a slot as the relay asks for it, and throw away what comes.</summary>
internal static class SlotReaders
{
    private const string Program = "pg_recvlogical";

    /// <summary>Whether PostgreSQL's own reader, which belongs to its client programs, is on the path.</summary>
    public static bool HasProgram { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <summary>A loop over Npgsql's replication stream, in this process.</summary>
    /// <param name="connectionString">Of the database.</param>
    /// <param name="slot">Copied from the backlog's.</param>
    /// <param name="publication">Whose tables.</param>
    /// <param name="end">Up to here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many changes came.</returns>
    public static async Task<int> ReadAsync(
        string connectionString, string slot, string publication, NpgsqlLogSequenceNumber end, CancellationToken cancellationToken)
    {
        await using var connection = new LogicalReplicationConnection(connectionString);
        await connection.Open(cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var changes = 0;
        var message = new byte[1024 * 1024];
        try
        {
            await foreach (var wal in connection.StartLogicalReplication(
                new PgOutputReplicationSlot(slot), stop.Token, walLocation: null, Options(publication)))
            {
                var length = await wal.Data.ReadAtLeastAsync(message, message.Length, throwOnEndOfStream: false, cancellationToken);
                changes += length > 0 && message[0] is (byte)'I' or (byte)'U' ? 1 : 0;
                if (wal.WalStart >= end)
                {
                    await stop.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Read to the end.
        }

        return changes;
    }

    /// <summary>PostgreSQL's own program, which writes what comes to /dev/null.</summary>
    public static async Task ReadByProgramAsync(
        string connectionString, string slot, string publication, NpgsqlLogSequenceNumber end, CancellationToken cancellationToken)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString);
        string[] arguments =
        [
            "--host", database.Host!, "--port", $"{database.Port}", "--username", database.Username!, "--no-password", "--dbname", database.Database!,
            "--slot", slot, "--start", "--file", "/dev/null", "--endpos", $"{end}", "--no-loop",
            .. Options(publication).SelectMany(option => (string[])["--option", $"{option.Key}={option.Value}"]),
        ];
        using var process = Process.Start(new ProcessStartInfo(Program, arguments)
        {
            Environment = { ["PGPASSWORD"] = database.Password, ["PGSSLMODE"] = "disable" },
        })!;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Program} ended with {process.ExitCode}.");
        }
    }
    private static Dictionary<string, string?> Options(string publication) => new()
    {
        ["proto_version"] = "1",
        ["publication_names"] = publication,
        ["messages"] = "true",
    };
}
