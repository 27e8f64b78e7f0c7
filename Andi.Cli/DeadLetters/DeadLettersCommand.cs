using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.ChangeEvents;

namespace Andi.Cli.DeadLetters;

/// <summary><c>dlq</c>: messages that could not be ingested: list them, show one whole, have them tried again, or dismiss them.</summary>
internal static class DeadLettersCommand
{
    private const int NotReplayed = 3;

    public static Command Create() =>
        new("dlq", "Dead letters: messages that could not be ingested.") { List(), Show(), Replay(), DismissCommand.Create() };

    private static Command List()
    {
        var outstanding = new Option<bool>("--outstanding") { Description = "Only those that were neither replayed nor dismissed." };
        var (json, runFile) = (Json(), RunningStores.RunFileOption());
        var command = new Command(
            "list", "List dead letters: position, reason, time. Ends with 0 if the ledger could be read, else with 1.") { outstanding, json, runFile };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var ledger = RunningStores.Find(arguments.GetValue(runFile)).OpenLedger();
            var letters = await new LedgerLetters(ledger).AllAsync(cancellationToken);
            IReadOnlyList<LedgerLetter> shown = [.. letters.Where(letter => letter.IsOutstanding || !arguments.GetValue(outstanding))];
            if (arguments.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    [.. shown.Select(letter => LetterContent.Of(letter, null))], LetterJson.Default.IReadOnlyListLetterContent));
                return;
            }

            foreach (var letter in shown)
            {
                Console.WriteLine($"{letter.Place}  {letter.FailedAt:u}  {letter.State}  {letter.Reason}");
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{shown.Count} dead letters, {shown.Count(letter => letter.IsOutstanding)} "
                + $"outstanding"));
        });
        return command;
    }

    private static Command Show()
    {
        var place = LetterChoice.Place(ArgumentArity.ExactlyOne);
        var (json, runFile) = (Json(), RunningStores.RunFileOption());
        var command = new Command(
            "show", "Show one dead letter with its whole message. Ends with 0 if Kafka still has the message, else with 1.") { place, json, runFile };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var stores = RunningStores.Find(arguments.GetValue(runFile));
            await using var ledger = stores.OpenLedger();
            var known = await LetterChoice.KnownAsync(new LedgerLetters(ledger), arguments.GetValue(place)!, cancellationToken);
            var whole = new LetterTopic(stores.Kafka).Find([known.Place], cancellationToken).GetValueOrDefault(known.Place);
            var content = LetterContent.Of(known, whole);
            if (arguments.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(content, LetterJson.Default.LetterContent));
            }
            else
            {
                content.Print(known.State);
            }

            return whole is null ? throw new CommandFailure($"{stores.Kafka.DeadLetterTopic} no longer has the message itself.") : 0;
        });
        return command;
    }

    private static Command Replay()
    {
        var choice = new LetterChoice();
        var wait = new Option<TimeSpan>("--wait")
        {
            Description = "How long the ingestor may take for each, as hh:mm:ss.",
            DefaultValueFactory = _ => TimeSpan.FromSeconds(30),
        };
        var (json, runFile) = (Json(), RunningStores.RunFileOption());
        var command = new Command(
            "replay",
            "Send dead letters through ingest again, after their cause was removed. Ends with 0 if the rows of all of them are in the warehouse, "
            + $"{NotReplayed} if one was not ingested.")
        {
            wait, json, runFile,
        };
        choice.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var stores = RunningStores.Find(arguments.GetValue(runFile));
            await using var source = stores.OpenLedger();
            var ledger = new LedgerLetters(source);
            var letters = await choice.ReadAsync(arguments, ledger, cancellationToken);
            var outcomes = await ReplayAsync(stores, ledger, letters, arguments.GetValue(wait), cancellationToken);
            if (arguments.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(outcomes, LetterJson.Default.IReadOnlyListReplayOutcome));
            }
            else
            {
                foreach (var outcome in outcomes)
                {
                    Console.WriteLine($"{outcome.Place}: {(outcome.Replayed ? "replayed" : outcome.Reason)}");
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcomes.Count(outcome => outcome.Replayed)} of {outcomes.Count} replayed"));
            }

            return outcomes.All(outcome => outcome.Replayed) ? 0 : NotReplayed;
        });
        return command;
    }

    private static async Task<IReadOnlyList<ReplayOutcome>> ReplayAsync(
        RunningStores stores, LedgerLetters ledger, IReadOnlyList<LedgerLetter> letters, TimeSpan wait, CancellationToken cancellationToken)
    {
        var outcomes = new List<ReplayOutcome>();
        var whole = letters.Count == 0 ? null : new LetterTopic(stores.Kafka).Find([.. letters.Select(letter => letter.Place)], cancellationToken);
        using var replay = new LetterReplay(ledger, stores.Kafka, wait);
        foreach (var letter in letters)
        {
            outcomes.Add(letter switch
            {
                { ReplayedAt: { } at } => new ReplayOutcome(letter.Place.ToString(), false, $"It was replayed already at {at:u}."),
                { Dismissal: { } dismissal } => new ReplayOutcome(letter.Place.ToString(), false, $"It was dismissed at {dismissal.At:u}."),
                _ => await replay.RunAsync(letter, whole!.GetValueOrDefault(letter.Place), cancellationToken),
            });
        }

        return outcomes;
    }

    private static Option<bool> Json() => new("--json") { Description = "Answer as JSON." };
}

/// <summary>A dead letter as the command line shows it. Key and value as text where they are UTF-8, else in base64.</summary>
internal sealed record LetterContent(
    string Place,
    string Reason,
    DateTimeOffset FailedAt,
    DateTimeOffset? ReplayedAt,
    Dismissal? Dismissal,
    string? Key,
    string? KeyBase64,
    string? Value,
    string? ValueBase64)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static LetterContent Of(LedgerLetter known, DeadLetter? whole) => new(
        known.Place.ToString(),
        known.Reason,
        known.FailedAt,
        known.ReplayedAt,
        known.Dismissal,
        Text(whole?.Key),
        Base64UnlessText(whole?.Key),
        Text(whole?.Value),
        Base64UnlessText(whole?.Value));

    /// <param name="state">What has become of it.</param>
    public void Print(string state)
    {
        Console.WriteLine($"place:    {Place}");
        Console.WriteLine($"reason:   {Reason}");
        Console.WriteLine($"failed:   {FailedAt:u}");
        Console.WriteLine($"state:    {state}");
        Console.WriteLine($"key:      {Key ?? Described(KeyBase64)}");
        Console.WriteLine($"value:    {Value ?? Described(ValueBase64)}");
    }

    private static string Described(string? base64) => base64 is null ? "none" : $"(base64) {base64}";

    private static string? Text(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? Base64UnlessText(byte[]? bytes) => bytes is not null && Text(bytes) is null ? Convert.ToBase64String(bytes) : null;
}

/// <summary>What became of the replay of a dead letter.</summary>
/// <param name="Replayed">Its rows are in the warehouse now.</param>
/// <param name="Reason">Why not.</param>
internal sealed record ReplayOutcome(string Place, bool Replayed, string? Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<LetterContent>))]
[JsonSerializable(typeof(IReadOnlyList<ReplayOutcome>))]
[JsonSerializable(typeof(LetterContent))]
internal sealed partial class LetterJson : JsonSerializerContext;
