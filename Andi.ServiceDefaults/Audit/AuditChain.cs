using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Andi.Audit;

/// <summary>An entry's place in the chain.</summary>
/// <param name="Sequence">From 1, without a gap.</param>
/// <param name="SealedAt">UTC.</param>
/// <param name="Position">Covers the commit of the entry's transaction.</param>
/// <param name="PreviousHash">Of the seal before.</param>
public sealed record AuditSeal(long Sequence, DateTime SealedAt, string Position, byte[] PreviousHash);

/// <summary>An entry as the log has it.</summary>
public sealed record StoredEntry(
    long Id, DateTime RecordedAt, string Caller, string? Role, string? Scope, string? TokenId, string Verb, string Resource, AuditIds Records,
    AuditIds Subjects, long Count, string Endpoint, string? Detail, string? TraceId, string? ReadPosition, string TransactionId);

/// <summary>
/// The hash of a seal: SHA-256 over a canonical form of it and of its entry. As the hash of the seal before is part of that, no entry can be changed, left out
/// or put in without changing every hash behind it.
/// The canonical form is a sequence of texts, each as its length in bytes of UTF-8 in decimal, a colon, and the text; null is a hyphen. So no two entries
/// have the same, and any language can make it.
/// </summary>
public static class AuditChain
{
    private const string Version = "andi-audit-1";
    private const int HashBytes = 32;
    private const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    /// <summary>What stands before the first seal.</summary>
    public static byte[] Genesis => new byte[HashBytes];

    public static byte[] Hash(AuditSeal seal, StoredEntry entry) => SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(seal, entry)));

    public static string Canonical(AuditSeal seal, StoredEntry entry)
    {
        var text = new StringBuilder();
        Add(Version);
        Add(Number(seal.Sequence));
        Add(Convert.ToHexStringLower(seal.PreviousHash));
        Add(Instant(seal.SealedAt));
        Add(seal.Position);
        Add(Number(entry.Id));
        Add(Instant(entry.RecordedAt));
        Add(entry.Caller);
        Add(entry.Role);
        Add(entry.Scope);
        Add(entry.TokenId);
        Add(entry.Verb);
        Add(entry.Resource);
        AddAll(entry.Records);
        AddAll(entry.Subjects);
        Add(Number(entry.Count));
        Add(entry.Endpoint);
        Add(entry.Detail);
        Add(entry.TraceId);
        Add(entry.ReadPosition);
        Add(entry.TransactionId);
        return text.ToString();

        void AddAll(AuditIds ids)
        {
            Add(Number(ids.Ids.Length));
            foreach (var digest in ids.Digests())
            {
                Add(Convert.ToHexStringLower(digest));
            }
        }

        void Add(string? part)
        {
            if (part is null)
            {
                text.Append('-');
                return;
            }

            text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(part)}:{part}");
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Instant(DateTime instant) => instant.ToUniversalTime().ToString(InstantFormat, CultureInfo.InvariantCulture);
}
