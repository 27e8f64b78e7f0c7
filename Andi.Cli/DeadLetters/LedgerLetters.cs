using System.Globalization;
using Andi.Sql;
using Npgsql;

namespace Andi.Cli.DeadLetters;

/// <summary>A dead letter as the ledger knows it.</summary>
internal sealed record LedgerLetter(MessagePlace Place, string Reason, DateTimeOffset FailedAt, DateTimeOffset? ReplayedAt, Dismissal? Dismissal)
{
    /// <summary>Whether something may be missing in the warehouse for it.</summary>
    public bool IsOutstanding => ReplayedAt is null && Dismissal is null;

    /// <summary>What has become of it, in words.</summary>
    public string State => this switch
    {
        { ReplayedAt: { } at } => $"replayed {at:u}",
        { Dismissal: { } dismissal } => $"dismissed {dismissal.At:u} by {dismissal.By}: {dismissal.Because}",
        _ => "outstanding",
    };
}

/// <summary>Who found that nothing is missing without a message.</summary>
internal sealed record Dismissal(DateTimeOffset At, string By, string Because);

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

    /// <summary>Returns which of them are dismissed now: not those that failed again after they were looked at, or were replayed meanwhile.</summary>
    public async Task<IReadOnlyList<MessagePlace>> DismissAsync(
        IReadOnlyList<LedgerLetter> letters, string by, string because, CancellationToken cancellationToken)
    {
        await using var command = ledger.CreateCommand(EmbeddedSql.Read("DeadLetters/Sql/dismiss.sql"));
        command.Parameters.AddInOrder(
            letters.Select(letter => letter.Place.Topic).ToArray(),
            letters.Select(letter => letter.Place.Partition).ToArray(),
            letters.Select(letter => letter.Place.Offset).ToArray(),
            letters.Max(letter => letter.FailedAt),
            by,
            because);
        return await command.ReadAllAsync(row => new MessagePlace(row.GetString(0), row.GetInt32(1), row.GetInt64(2)), cancellationToken);
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
                row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5),
                row.IsDBNull(6) ? null : new Dismissal(row.GetFieldValue<DateTimeOffset>(6), row.GetString(7), row.GetString(8))),
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
