using System.Globalization;
using System.Text;

namespace Andi.Cli.Load.Columns;

/// <summary>Text that is not empty, and does not begin or end with a blank: nobody sees it, and 'T1 ' is not T1.</summary>
internal sealed class TextReader : ValueReader
{
    public override string? Read(ReadOnlySpan<byte> utf8, RowBytes row)
    {
        if (utf8.IsEmpty)
        {
            return "is empty";
        }

        if (utf8[0] <= ' ' || utf8[^1] <= ' ')
        {
            return $"begins or ends with a blank: '{Shown.Of(utf8)}'";
        }

        row.Text(utf8);
        return null;
    }
}

/// <summary>An empty field is no value.</summary>
internal sealed class NullableReader(ValueReader inner) : ValueReader
{
    public override string? Read(ReadOnlySpan<byte> utf8, RowBytes row)
    {
        row.Write(utf8.IsEmpty ? (byte)1 : (byte)0);
        return utf8.IsEmpty ? null : inner.Read(utf8, row);
    }
}

/// <summary><c>true</c> or <c>false</c>, in any case.</summary>
internal sealed class BoolReader : ValueReader
{
    public override string? Read(ReadOnlySpan<byte> utf8, RowBytes row)
    {
        var isTrue = Ascii.EqualsIgnoreCase(utf8, "true"u8);
        row.Write(isTrue ? (byte)1 : (byte)0);
        return isTrue || Ascii.EqualsIgnoreCase(utf8, "false"u8) ? null : $"must be true or false, not '{Shown.Of(utf8)}'";
    }
}

internal sealed class UuidReader : ValueReader
{
    public override string? Read(ReadOnlySpan<byte> utf8, RowBytes row)
    {
        if (!Guid.TryParseExact(Encoding.UTF8.GetString(utf8), "D", out var value))
        {
            return $"must be a UUID, not '{Shown.Of(utf8)}'";
        }

        row.Uuid(value);
        return null;
    }
}

/// <summary>One of the names that the type lists, in their case.</summary>
internal sealed class EnumReader : ValueReader
{
    private readonly List<(byte[] Name, short Value)> _values;
    private readonly bool _isWide;

    /// <param name="arguments">Of the type: <c>'granted' = 1</c>.</param>
    /// <param name="isWide">Enum16, else Enum8.</param>
    public EnumReader(IEnumerable<string> arguments, bool isWide) => (_values, _isWide) = ([.. arguments.Select(Parse)], isWide);

    public override string? Read(ReadOnlySpan<byte> utf8, RowBytes row)
    {
        foreach (var (name, value) in _values)
        {
            if (!utf8.SequenceEqual(name))
            {
                continue;
            }

            if (_isWide)
            {
                row.Write(value);
            }
            else
            {
                row.Write((sbyte)value);
            }

            return null;
        }

        return $"must be one of {string.Join(", ", _values.Select(value => Encoding.UTF8.GetString(value.Name)))}, not '{Shown.Of(utf8)}'";
    }

    private static (byte[] Name, short Value) Parse(string argument)
    {
        var end = argument.LastIndexOf('\'');
        var name = argument[1..end].Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        return (Encoding.UTF8.GetBytes(name), short.Parse(argument[(argument.LastIndexOf('=') + 1)..], CultureInfo.InvariantCulture));
    }
}

/// <summary>A value in a message.</summary>
internal static class Shown
{
    private const int MaxCharacters = 40;

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8.Length <= MaxCharacters * 4 ? utf8 : utf8[..(MaxCharacters * 4)]);
        return text.Length <= MaxCharacters ? text : text[..MaxCharacters] + "…";
    }
}
