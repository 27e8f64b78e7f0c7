using System.Security.Cryptography;
using System.Text;

namespace Andi.Audit;

/// <summary>
/// Ids that an entry names. The chain covers a digest of each, salted at random, and not the id itself: where a person is erased, the id goes and its digest
/// takes the place of the salt, so that the chain stays whole and nobody can find out by trying which id it was.
/// </summary>
/// <param name="Ids">Null where it was erased.</param>
/// <param name="Keys">The salt of each; the digest where the id was erased.</param>
public sealed record AuditIds(string?[] Ids, byte[][] Keys)
{
    private const int SaltBytes = 16;

    public static AuditIds None { get; } = new([], []);

    /// <summary>With a new salt for each.</summary>
    public static AuditIds Of(IEnumerable<string> ids)
    {
        string?[] all = [.. ids];
        var random = RandomNumberGenerator.GetBytes(all.Length * SaltBytes);
        return new(all, [.. Enumerable.Range(0, all.Length).Select(at => random.AsSpan(at * SaltBytes, SaltBytes).ToArray())]);
    }

    /// <summary>What the chain covers of each id, in their order: SHA-256 of its salt and its UTF-8.</summary>
    public IEnumerable<byte[]> Digests() => Ids.Zip(Keys, (id, key) => id is null ? key : SHA256.HashData([.. key, .. Encoding.UTF8.GetBytes(id)]));
}
