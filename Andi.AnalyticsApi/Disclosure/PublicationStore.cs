using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Andi.ChangeEvents;
using Andi.Sql;
using Andi.Topology;
using Npgsql;

namespace Andi.AnalyticsApi.Disclosure;

/// <summary>What is told of some sets of people that are looked at together.</summary>
/// <param name="Salt">Of the hashes that stand for people: the ids themselves are not in here.</param>
/// <param name="At">Everything up to it was in the rows when they were last looked at.</param>
/// <param name="DataVersion">The version of the rows then; null where it is not known.</param>
/// <param name="LookedAt">When that was.</param>
/// <param name="Sets">By name.</param>
internal sealed record Publication(byte[] Salt, Position At, string? DataVersion, DateTimeOffset LookedAt, IReadOnlyDictionary<string, Release> Sets)
{
    /// <summary>What stands for the person of an id.</summary>
    public ulong Person(string id) => PersonOf(Salt, id);

    /// <inheritdoc cref="Person"/>
    public static ulong PersonOf(byte[] salt, string id) => BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(id)));
}

/// <summary>Publications in PostgreSQL (database <c>ingest</c>): one chain for all replicas, which outlives them.</summary>
internal sealed class PublicationStore([FromKeyedServices(ConnectionNames.Ingest)] NpgsqlDataSource ingest)
{
    private static readonly string ReadSql = EmbeddedSql.Read("Disclosure/Sql/read_publication.sql");
    private static readonly string FirstSql = EmbeddedSql.Read("Disclosure/Sql/first_publication.sql");
    private static readonly string ReplaceSql = EmbeddedSql.Read("Disclosure/Sql/replace_publication.sql");

    /// <summary>The newest, and its version. The version is 0 where there is none, and there is no publication where it is the known one.</summary>
    public async Task<(long Version, Publication? Publication)> ReadAsync(string topic, string key, long known, CancellationToken cancellationToken)
    {
        await using var command = ingest.CreateCommand(ReadSql);
        command.Parameters.AddInOrder(topic, key, known);
        var found = await command.ReadAllAsync(row => (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1)), cancellationToken);
        return found is [var (version, content)] ? (version, content is null ? null : Unpack(content)) : (0, null);
    }

    /// <summary>Puts it in place of the version that it was made from, 0 for none; false where that is not the newest any more.</summary>
    public async Task<bool> SaveAsync(string topic, string key, long from, Publication publication, CancellationToken cancellationToken)
    {
        await using var command = ingest.CreateCommand(from == 0 ? FirstSql : ReplaceSql);
        command.Parameters.AddInOrder(topic, key);
        if (from > 0)
        {
            command.Parameters.AddInOrder(from);
        }

        command.Parameters.AddInOrder(Pack(publication));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    internal static byte[] Pack(Publication publication)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(brotli, publication);
        }

        return packed.ToArray();
    }

    internal static Publication Unpack(byte[] content)
    {
        using var brotli = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Publication>(brotli) ?? throw new InvalidOperationException("A publication is empty.");
    }
}
