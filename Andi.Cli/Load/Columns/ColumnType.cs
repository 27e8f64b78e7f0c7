namespace Andi.Cli.Load.Columns;

/// <summary>A ClickHouse type, taken apart.</summary>
internal static class ColumnType
{
    /// <summary><c>Enum8('a, b' = 1, 'c' = 2)</c> → <c>Enum8</c> and its two arguments.</summary>
    public static (string Name, IReadOnlyList<string> Arguments) Split(string type)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return (type, []);
        }

        var arguments = new List<string>();
        var (depth, isQuoted, start) = (0, false, open + 1);
        for (var i = start; i < type.Length - 1; i++)
        {
            if (isQuoted && type[i] == '\\')
            {
                i++;
                continue;
            }

            isQuoted ^= type[i] == '\'';
            depth += isQuoted ? 0 : type[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (!isQuoted && type[i] == ',' && depth == 0)
            {
                arguments.Add(type[start..i].Trim());
                start = i + 1;
            }
        }

        arguments.Add(type[start..^1].Trim());
        return (type[..open], arguments);
    }
}
