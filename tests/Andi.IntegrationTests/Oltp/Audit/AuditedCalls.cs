using Andi.Audit;
using Andi.Sql;
using Npgsql;

namespace Andi.IntegrationTests.Oltp.Audit;

/// <summary>What the audit log has of the ids of a test, read behind the API's back.</summary>
internal static class AuditedCalls
{
    private const string Sql = $"SELECT {AuditRows.Columns} FROM audit.entries AS entry WHERE subject_ids && $1 OR record_ids && $1 ORDER BY entry.id";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Entries that name one of the ids, in their order.</summary>
    public static async Task<List<StoredEntry>> EntriesOfAsync(this NpgsqlDataSource database, params string[] ids)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.AddInOrder([ids]);
        return await command.ReadAllAsync(row => row.ReadEntry(), Cancel);
    }

    /// <summary>The position in an entry's seal, once it is sealed; others' open transactions may hold that up.</summary>
    public static async Task<string> SealedPositionAsync(this NpgsqlDataSource database, long entry)
    {
        for (var deadline = DateTime.UtcNow + Patience; DateTime.UtcNow < deadline; await Task.Delay(50, Cancel))
        {
            await using var command = database.CreateCommand("SELECT position FROM audit.seals WHERE entry_id = $1");
            command.Parameters.AddInOrder(entry);
            if (await command.ExecuteScalarAsync(Cancel) is string position)
            {
                return position;
            }
        }

        throw new TimeoutException($"Entry {entry} was not sealed.");
    }

    public static string Text(this StoredEntry entry) =>
        $"{entry.Caller} {entry.Verb} {entry.Resource} [{string.Join(' ', entry.Records.Ids)}] [{string.Join(' ', entry.Subjects.Ids)}] {entry.Count} "
        + entry.Endpoint;
}
