using System.Text;

namespace Andi.EmbeddedClickHouse.Statements;

/// <summary>Names of ClickHouse formats, which are identifiers.</summary>
internal static class FormatName
{
    public const string Default = "TabSeparated";
    public const int MaximumLength = 128;

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaximumLength && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    public static Span<byte> Encode(string format, Span<byte> buffer) => buffer[..Encoding.ASCII.GetBytes(format, buffer)];
}
