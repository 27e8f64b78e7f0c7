using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Sql;
using Npgsql;

namespace Andi.Cli.Erase;

/// <summary>
/// That somebody was erased, without saying who: a digest of the id under random bytes that stand beside it. It recognises an id that is held against it;
/// who has neither the id nor a list of ids to try learns nothing. See docs/decisions/0025-erasure.md.
/// </summary>
/// <param name="Person">What was erased: <c>student</c>, or another one that an area declares.</param>
/// <param name="Digest">HMAC-SHA256 of the id.</param>
/// <param name="Key">The random bytes.</param>
/// <param name="RowKey">The id of the row that stands for the person where the scores stayed; null where they went.</param>
/// <param name="ErasedAt">When.</param>
internal sealed record Tombstone(string Person, byte[] Digest, byte[] Key, string? RowKey, DateTimeOffset ErasedAt)
{
    private const int KeyBytes = 32;

    public static Tombstone Of(string person, string id, string? rowKey)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        return new Tombstone(person, DigestOf(id, key), key, rowKey, TimeProvider.System.GetUtcNow());
    }

    public bool IsOf(string person, string id) => Person == person && CryptographicOperations.FixedTimeEquals(Digest, DigestOf(id, Key));

    private static byte[] DigestOf(string id, byte[] key) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(id));
}

/// <summary>The tombstones of a system, in PostgreSQL beside the relay's tables: neither captured nor copied as rows.</summary>
internal static class Tombstones
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Makes their table where it is missing.</summary>
    public static async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EmbeddedSql.Read("Erase/Sql/erasures.sql"), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>All of them, the oldest first; none where nobody was ever erased.</summary>
    public static async Task<IReadOnlyList<Tombstone>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var known = new NpgsqlCommand("SELECT to_regclass('andi.erasures') IS NOT NULL", connection);
        if (!(bool)(await known.ExecuteScalarAsync(cancellationToken))!)
        {
            return [];
        }

        await using var command = new NpgsqlCommand("SELECT person, digest, digest_key, row_key, erased_at FROM andi.erasures ORDER BY erased_at", connection);
        return await command.ReadAllAsync(
            row => new Tombstone(
                row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2), row.IsDBNull(3) ? null : row.GetString(3),
                row.GetFieldValue<DateTimeOffset>(4)),
            cancellationToken);
    }

    /// <summary>Adds one; one that is there stays as it is.</summary>
    public static async Task AddAsync(NpgsqlConnection connection, Tombstone tombstone, CancellationToken cancellationToken)
    {
        const string Sql =
            "INSERT INTO andi.erasures (person, digest, digest_key, row_key, erased_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddInOrder(
            tombstone.Person, tombstone.Digest, tombstone.Key,
            new NpgsqlParameter { Value = (object?)tombstone.RowKey ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, tombstone.ErasedAt);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Notes that nothing is left to do.</summary>
    public static async Task FinishAsync(NpgsqlConnection connection, Tombstone tombstone, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("UPDATE andi.erasures SET finished_at = clock_timestamp() WHERE digest = $1", connection);
        command.Parameters.AddInOrder(tombstone.Digest);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task WriteFileAsync(string file, IReadOnlyList<Tombstone> tombstones, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var target = new FileStream(file, options);
        await JsonSerializer.SerializeAsync(target, new TombstoneFile(TombstoneFile.CurrentFormat, tombstones), Json, cancellationToken);
    }

    /// <exception cref="CommandFailure">It is no such file.</exception>
    public static IReadOnlyList<Tombstone> ReadFile(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<TombstoneFile>(File.ReadAllText(file), Json) is { Format: TombstoneFile.CurrentFormat, Tombstones: { } all }
                ? all
                : throw new CommandFailure($"{file} is no list of tombstones that this version reads.");
        }
        catch (JsonException damaged)
        {
            throw new CommandFailure($"{file} is no list of tombstones: {damaged.Message}");
        }
    }
}

/// <summary>Tombstones on their way to where a backup is restored.</summary>
internal sealed record TombstoneFile(int Format, [property: JsonRequired] IReadOnlyList<Tombstone> Tombstones)
{
    public const int CurrentFormat = 1;
}
