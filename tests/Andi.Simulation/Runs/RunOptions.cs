using System.Globalization;

namespace Andi.Simulation.Runs;

/// <summary>What the command line asks for.</summary>
/// <param name="FirstSeed">Of the run.</param>
/// <param name="Seeds">How many.</param>
/// <param name="Threads">At once.</param>
/// <param name="IsSingle">One seed alone, with its schedule.</param>
internal sealed record RunOptions(ulong FirstSeed, long Seeds, int Threads, bool IsSingle)
{
    public const string Usage =
        "Usage: Andi.Simulation [--seeds N] [--first-seed S] [--threads N], or --seed S for one seed with its schedule. "
        + "Ends with 0 where all was exactly right, 1 where not, 2 where it was called wrongly.";

    /// <summary>Null where the arguments make no sense.</summary>
    public static RunOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new RunOptions(1, 1_000, Environment.ProcessorCount, false);
        for (var index = 0; index < arguments.Count; index += 2)
        {
            if (index + 1 == arguments.Count
                || !ulong.TryParse(arguments[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue)
            {
                return null;
            }

            switch (arguments[index])
            {
                case "--seeds" when number > 0:
                    options = options with { Seeds = (long)number };
                    break;
                case "--first-seed":
                    options = options with { FirstSeed = number };
                    break;
                case "--threads" when number is > 0 and <= 1024:
                    options = options with { Threads = (int)number };
                    break;
                case "--seed":
                    options = options with { FirstSeed = number, IsSingle = true };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
