namespace Andi.Cli.Check;

/// <summary>The parts of the check, as the command line names them.</summary>
internal static class CheckParts
{
    public const string Offsets = "offsets";
    public const string Aggregates = "aggregates";
    public const string Rows = "rows";
    public const string Tests = "tests";

    public static readonly IReadOnlyList<string> All = [Offsets, Aggregates, Rows, Tests];
}
