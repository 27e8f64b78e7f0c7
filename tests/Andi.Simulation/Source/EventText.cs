using System.Globalization;
using System.Text;
using Andi.ChangeEvents;

namespace Andi.Simulation.Source;

/// <summary>The form that the relay gives to its events; docs/architecture.md describes it.</summary>
internal static class EventText
{
    public static byte[] Change(char operation, Position position, SourceRow? before, SourceRow? after, int generation = 1)
    {
        var source = Source(position, isSnapshot: operation == 'r', generation);
        return Encoding.UTF8.GetBytes($$"""{"before":{{Row(before)}},"after":{{Row(after)}},"op":"{{operation}}","ts_ms":2,{{source}}}""");
    }

    public static byte[] Truncate(Position position) => Encoding.UTF8.GetBytes(
        $$"""{"before":null,"after":null,"op":"t","ts_ms":2,{{Source(position, false, 1)}}}""");

    public static byte[] Heartbeat(Position position) => Encoding.UTF8.GetBytes($$"""{"op":"h","ts_ms":2,{{Source(position, false, 1)}}}""");

    private static string Row(SourceRow? row) => row is { } there
        ? string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{there.Id}}","grp":{{there.Group}},"amount":{{there.Amount}}}""")
        : "null";

    private static string Source(Position position, bool isSnapshot, int generation)
    {
        var ending = $"\"snapshot\":{(isSnapshot ? "true" : "false")},\"generation\":{generation}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            "source":{"lsn":{{position.CommitLsn}},"seq":{{position.Index}},"txId":7,"schema":"public","table":"things","ts_ms":1,{{ending}}}
            """);
    }
}
