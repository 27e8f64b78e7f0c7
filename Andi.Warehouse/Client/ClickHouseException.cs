using System.Globalization;
using System.Text.RegularExpressions;

namespace Andi.Warehouse.Client;

/// <summary>ClickHouse refused or failed a statement, or its answer did not arrive whole.</summary>
public sealed partial class ClickHouseException : Exception
{
    /// <summary>The answer ended before its end, and the server gave no reason.</summary>
    public const int Truncated = -1;

    /// <summary>Nothing answered, or the connection broke.</summary>
    public const int ConnectionFailed = -2;

    public ClickHouseException(int code, string name, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        Name = name;
    }

    /// <summary>ClickHouse's number of the error (60 is UNKNOWN_TABLE), or one of this class's negative constants.</summary>
    public int Code { get; }

    /// <summary>ClickHouse's name of the error, for instance <c>UNKNOWN_TABLE</c>; empty when the server gave none.</summary>
    public string Name { get; }

    /// <summary>True where the same call may well succeed a moment later: connections, memory, too many queries or parts.</summary>
    public bool IsTransient => Code is ConnectionFailed or Truncated or 159 or 202 or 203 or 209 or 210 or 241 or 242 or 252 or 425 or 439 or 999;

    /// <summary>Reads the server's text: <c>Code: 60. DB::Exception: … (UNKNOWN_TABLE) (version …)</c>.</summary>
    internal static ClickHouseException FromServerText(string text, string? codeHeader = null)
    {
        var start = text.IndexOf("Code: ", StringComparison.Ordinal);
        var message = (start < 0 ? text : text[start..]).Trim();
        var match = CodePattern().Match(message);
        var code = match.Success ? match.Groups[1].Value : codeHeader;
        var name = NamePattern().Matches(message).LastOrDefault()?.Groups[1].Value ?? "";
        return new ClickHouseException(
            int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
            name,
            message.Length == 0 ? $"ClickHouse answered with error {code} and no text." : message);
    }

    [GeneratedRegex(@"^Code: (\d+)\.")]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"\(([A-Z][A-Z0-9_]{2,})\)")]
    private static partial Regex NamePattern();
}
