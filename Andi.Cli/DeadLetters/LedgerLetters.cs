using System.Globalization;
using Andi.Sql;
using Npgsql;

namespace Andi.Cli.DeadLetters;

/// <summary>A dead letter as the ledger knows it.</summary>
internal sealed record LedgerLetter(MessagePlace Place, string Reason, DateTimeOffset FailedAt, DateTimeOffset? ReplayedAt);

/// <summary>Asks the ledger which dead letters there are, and how far partitions have come.</summary>
internal sealed class LedgerLetters(NpgsqlDataSource ledger)
{
    public async Task<LedgerLetter?> FindAsync(MessagePlace place, CancellationToken cancellationToken) =>
        (await ReadAsync(place, cancellationToken)).SingleOrDefault();

    /// <summary>All of them, by place.</summary>
    public Task<IReadOnlyList<LedgerLetter>> AllAsync(CancellationToken cancellationToken) => ReadAsync(null, cancellationToken);

    /// <summary>The last offset of the place's partition that is applied.</summary>
    public async Task<long> AppliedAsync(MessagePlace place, CancellationToken cancellationToken)
    {
        await using var command = ledger.CreateCommand(EmbeddedSql.Read("DeadLetters/Sql/applied_offset.sql"));
        command.Parameters.AddInOrder(place.Topic, place.Partition);
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? -1;
    }

    private async Task<IReadOnlyList<LedgerLetter>> ReadAsync(MessagePlace? place, CancellationToken cancellationToken)
    {
        await using var command = ledger.CreateCommand(EmbeddedSql.Read("DeadLetters/Sql/list.sql"));
        var topic = new NpgsqlParameter { Value = (object?)place?.Topic ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };
        command.Parameters.AddInOrder(topic, place?.Partition ?? 0, place?.Offset ?? 0);
        return await command.ReadAllAsync(
            row => new LedgerLetter(
                new MessagePlace(row.GetString(0), row.GetInt32(1), row.GetInt64(2)),
                row.GetString(3),
                row.GetFieldValue<DateTimeOffset>(4),
                row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5)),
            cancellationToken);
    }
}

/// <summary>Where a message stands in Kafka; as text <c>topic/partition/offset</c>, which is also the key of its dead letter.</summary>
internal readonly record struct MessagePlace(string Topic, int Partition, long Offset)
{
    public static bool TryParse(string text, out MessagePlace place)
    {
        place = default;
        if (text.Split('/') is not [{ Length: > 0 } topic, var partition, var offset]
            || !int.TryParse(partition, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            return false;
        }

        place = new MessagePlace(topic, number, at);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Topic}/{Partition}/{Offset}");
}
