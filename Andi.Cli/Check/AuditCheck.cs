using System.CommandLine.Parsing;
using System.Globalization;
using Andi.Audit;
using Andi.Cli.Terminal;
using Andi.Sql;
using Npgsql;

namespace Andi.Cli.Check;

/// <summary>A seal of the audit log: its number and its hash, in hexadecimal.</summary>
internal sealed record AuditHead(long Sequence, string Hash)
{
    /// <summary>Reads <c>SEQ:HASH</c>.</summary>
    public static AuditHead? Parse(ArgumentResult argument)
    {
        var parts = argument.Tokens[0].Value.Split(':');
        if (parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0
            && parts[1].Length == 64 && parts[1].All(char.IsAsciiHexDigit))
        {
            return new(sequence, parts[1].ToLowerInvariant());
        }

        argument.AddError($"'{argument.Tokens[0].Value}' is not SEQ:HASH, a number from 1 and 64 hexadecimal digits.");
        return null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");
}

/// <summary>
/// Recomputes the hash chain of the audit log from its first seal to its last. What was changed behind the log's back does not fit its hash; what was taken
/// out leaves a gap; what was cut off at the end shows where a seal of it was noted before.
/// </summary>
internal sealed class AuditCheck(string oltp, AuditHead? anchor)
{
    private const string Subject = "hash chain";
    private static readonly string ChainSql = EmbeddedSql.Read("Check/Sql/audit_chain.sql").Replace("{{columns}}", AuditRows.Columns, StringComparison.Ordinal);

    public async Task<(IReadOnlyList<Findings> Findings, AuditHead? Head)> RunAsync(Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(oltp);
        var chain = new Findings(CheckParts.Audit, Subject);
        using var step = begin("audit log", null);
        var head = await FollowAsync(database, chain, step, cancellationToken);
        var unsealed = new Findings(CheckParts.Audit, "entries without a seal");
        await using var late = database.CreateCommand(EmbeddedSql.Read("Check/Sql/unsealed_entries.sql"));
        await using var row = await late.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var entry = string.Create(CultureInfo.InvariantCulture, $"entry {row.GetInt64(0)}");
            unsealed.Add(entry, $"of {row.GetString(1)}, without a seal", "sealed within a minute");
        }

        return ([chain, unsealed], head);
    }

    private async Task<AuditHead?> FollowAsync(NpgsqlDataSource database, Findings chain, IWorkStep step, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ChainSql);
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var (last, hash, isAnchorMet) = (0L, AuditChain.Genesis, anchor is null);
        while (await row.ReadAsync(cancellationToken))
        {
            var seal = new AuditSeal(
                row.GetInt64(AuditRows.ColumnCount), row.GetDateTime(AuditRows.ColumnCount + 2), row.GetString(AuditRows.ColumnCount + 3),
                row.GetFieldValue<byte[]>(AuditRows.ColumnCount + 4));
            var stored = row.GetFieldValue<byte[]>(AuditRows.ColumnCount + 5);
            if (seal.Sequence != last + 1)
            {
                chain.Add(Number(last + 1), seal.Sequence == last + 2 ? null : $"missing up to number {seal.Sequence - 1}", "a seal");
            }
            else if (!seal.PreviousHash.AsSpan().SequenceEqual(hash))
            {
                chain.Add(Number(seal.Sequence), $"behind {Hex(seal.PreviousHash)}", $"behind {Hex(hash)}, the hash of the seal before");
            }

            if (row.IsDBNull(0))
            {
                chain.Add(Number(seal.Sequence), $"a seal, and no entry {row.GetInt64(AuditRows.ColumnCount + 1)}", "both");
            }
            else if (AuditChain.Hash(seal, row.ReadEntry()) is var computed && !computed.AsSpan().SequenceEqual(stored))
            {
                chain.Add(Number(seal.Sequence), $"the hash {Hex(stored)}", $"{Hex(computed)}, by what the entry says now");
            }

            if (seal.Sequence == anchor?.Sequence)
            {
                isAnchorMet = true;
                if (Hex(stored) != anchor.Hash)
                {
                    chain.Add(Number(seal.Sequence), $"the hash {Hex(stored)}", $"{anchor.Hash}, as was noted");
                }
            }

            // The stored one: so that of what was changed, only that is told and not all behind it.
            (last, hash) = (seal.Sequence, stored);
            chain.Compared++;
            step.Report(chain.Compared);
        }

        if (!isAnchorMet)
        {
            chain.Add(Number(anchor!.Sequence), $"nothing; the log ends with {last}", $"a seal with the hash {anchor.Hash}, as was noted");
        }

        return last == 0 ? null : new(last, Hex(hash));
    }

    private static string Number(long sequence) => string.Create(CultureInfo.InvariantCulture, $"number {sequence}");

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
