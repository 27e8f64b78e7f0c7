namespace Andi.EmbeddedClickHouse.Errors;

/// <summary>The text of an error as it goes to the client, with the engine's version and a line break at its end.</summary>
internal static class ErrorText
{
    public static string Of(ClickHouseException error, string version) =>
        error.Message.Contains("(version ", StringComparison.Ordinal) ? $"{error.Message.TrimEnd()}\n" : $"{error.Message.TrimEnd()} (version {version})\n";
}
