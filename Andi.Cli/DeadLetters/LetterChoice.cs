using System.CommandLine;

namespace Andi.Cli.DeadLetters;

/// <summary>Which dead letters a command is about: one by its place, or all outstanding ones.</summary>
internal sealed class LetterChoice
{
    private readonly Argument<string?> _place = Place(ArgumentArity.ZeroOrOne);
    private readonly Option<bool> _all = new("--all") { Description = "All outstanding ones, in the order of their positions." };

    public static Argument<string?> Place(ArgumentArity arity) => new("place") { Description = "topic/partition/offset, as list shows it.", Arity = arity };

    public void AddTo(Command command)
    {
        command.Add(_place);
        command.Add(_all);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_all) == (result.GetValue(_place) is not null))
            {
                result.AddError("Give either a message position or --all.");
            }
        });
    }

    /// <summary>The one that was named, outstanding or not, or all that are outstanding.</summary>
    /// <exception cref="CommandFailure">There is none of that name.</exception>
    public async Task<IReadOnlyList<LedgerLetter>> ReadAsync(ParseResult arguments, LedgerLetters ledger, CancellationToken cancellationToken) =>
        arguments.GetValue(_place) is { } one
            ? [await KnownAsync(ledger, one, cancellationToken)]
            : [.. (await ledger.AllAsync(cancellationToken)).Where(letter => letter.IsOutstanding)];

    /// <exception cref="CommandFailure">There is none of that name.</exception>
    public static async Task<LedgerLetter> KnownAsync(LedgerLetters ledger, string text, CancellationToken cancellationToken) =>
        !MessagePlace.TryParse(text, out var place)
            ? throw new CommandFailure($"'{text}' is not a message position; expected topic/partition/offset.")
            : await ledger.FindAsync(place, cancellationToken)
                ?? throw new CommandFailure($"There is no dead letter at {place}; `dlq list` shows those that exist.");
}
