using System.Globalization;

namespace Andi.EmbeddedClickHouse.Errors;

/// <summary>An error as ClickHouse tells it: a code and <c>Code: N. DB::Exception: … (NAME)</c>.</summary>
internal sealed class ClickHouseException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    /// <summary>An error of this server, worded as ClickHouse words its own.</summary>
    public static ClickHouseException Of(ErrorCode code, string text) =>
        new((int)code, string.Create(CultureInfo.InvariantCulture, $"Code: {(int)code}. DB::Exception: {text} ({ErrorNames.Of(code)})"));

    /// <summary>An error the engine told. One without a code is error 1002, as the server has it for what it cannot name.</summary>
    public static ClickHouseException FromEngine(string message)
    {
        message = message.StartsWith("Error: ", StringComparison.Ordinal) ? message["Error: ".Length..] : message;
        return message.StartsWith("Code: ", StringComparison.Ordinal) && TryReadCode(message.AsSpan("Code: ".Length), out var code)
            ? new ClickHouseException(code, message)
            : Of(ErrorCode.UnknownException, message);
    }

    private static bool TryReadCode(ReadOnlySpan<char> text, out int code)
    {
        var end = text.IndexOf('.');
        return int.TryParse(end < 0 ? text : text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out code);
    }
}
