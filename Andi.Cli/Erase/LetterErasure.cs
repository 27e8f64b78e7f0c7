using System.Text;
using System.Text.Json;
using Andi.Cli.DeadLetters;
using Andi.Kafka;
using Andi.Sql;
using Npgsql;

namespace Andi.Cli.Erase;

/// <summary>
/// Dead letters of a person: none of them is to be replayed, and no reason quotes the person. The messages themselves go with their topic's events.
/// </summary>
internal sealed class LetterErasure(NpgsqlDataSource ledger, KafkaConnection kafka)
{
    private const string Why = "of a person who was erased";

    /// <summary>Returns how many of the outstanding ones will not be replayed.</summary>
    public async Task<int> RunAsync(string id, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var letters = new LedgerLetters(ledger);
        var outstanding = (await letters.AllAsync(cancellationToken)).Where(letter => letter.IsOutstanding).ToList();
        var theirs = outstanding.Count == 0 ? [] : Mentioning(outstanding, id, cancellationToken);
        if (theirs.Count > 0)
        {
            await letters.DismissAsync(theirs, "erase", Why, cancellationToken);
        }

        await using var redact = ledger.CreateCommand(EmbeddedSql.Read("Erase/Sql/redact_letters.sql"));
        redact.Parameters.AddInOrder(names.Append(id).ToArray(), Why);
        if (await redact.ExecuteNonQueryAsync(cancellationToken) > 0)
        {
            await using var rewrite = ledger.CreateCommand("VACUUM (FULL, ANALYZE) dead_letters");
            await rewrite.ExecuteNonQueryAsync(cancellationToken);
        }

        return theirs.Count;
    }

    private List<LedgerLetter> Mentioning(List<LedgerLetter> outstanding, string id, CancellationToken cancellationToken)
    {
        // As JSON has it, between quotation marks: an id may be part of another one.
        byte[][] forms = [JsonSerializer.SerializeToUtf8Bytes(id), Encoding.UTF8.GetBytes($"\"{id}\"")];
        var whole = new LetterTopic(kafka).Find([.. outstanding.Select(letter => letter.Place)], cancellationToken);
        return outstanding.FindAll(letter => whole.TryGetValue(letter.Place, out var found)
            && Array.Exists(forms, form => found.Value.AsSpan().IndexOf(form) >= 0 || found.Key.AsSpan().IndexOf(form) >= 0));
    }
}
