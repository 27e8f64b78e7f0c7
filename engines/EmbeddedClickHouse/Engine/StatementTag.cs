using System.Globalization;

namespace Andi.EmbeddedClickHouse.Engine;

/// <summary>
/// The mark by which a running statement is found in <c>system.processes</c>. libchdb takes no query id from outside, so the mark is the value of a
/// setting that means something only to a server's own HTTP port, which libchdb has not.
/// </summary>
internal static class StatementTag
{
    private const string Setting = "http_max_uri_size";

    /// <summary>Far above any value someone would set.</summary>
    private const long Base = 1L << 52;

    public static string Argument(long tag) => string.Create(CultureInfo.InvariantCulture, $"--{Setting}={Base + tag}");

    public static string KillStatement(long tag) =>
        string.Create(CultureInfo.InvariantCulture, $"KILL QUERY WHERE Settings['{Setting}'] = '{Base + tag}' ASYNC");
}
