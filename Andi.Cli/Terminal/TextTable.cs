using System.Globalization;
using System.Text;

namespace Andi.Cli.Terminal;

/// <summary>Rows in columns of even width, as plain text: the same on a terminal and in a file.</summary>
/// <param name="titles">Of the columns; one that begins with <c>#</c> holds numbers, which stand at its right edge.</param>
internal sealed class TextTable(params string[] titles)
{
    private readonly List<string[]> _rows = [];

    /// <param name="cells">One for each column.</param>
    public void Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, titles.Length);
        _rows.Add(cells);
    }

    public override string ToString()
    {
        var numbers = titles.Select(title => title.StartsWith('#')).ToArray();
        string[] head = [.. titles.Select(title => title.TrimStart('#'))];
        var widths = head.Select((title, column) => Math.Max(Width(title), _rows.Select(row => Width(row[column])).DefaultIfEmpty().Max())).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows.Prepend(head))
        {
            var line = new StringBuilder();
            for (var column = 0; column < row.Length; column++)
            {
                var blanks = new string(' ', widths[column] - Width(row[column]));
                line.Append(numbers[column] ? blanks + row[column] : row[column] + blanks).Append("  ");
            }

            text.AppendLine(line.ToString().TrimEnd());
        }

        return text.ToString();
    }

    private static int Width(string cell) => new StringInfo(cell).LengthInTextElements;
}

/// <summary>Numbers as people read them.</summary>
internal static class Amount
{
    private static readonly string[] Sizes = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>12.3 MiB.</summary>
    public static string Bytes(double bytes)
    {
        var size = 0;
        while (Math.Abs(bytes) >= 1024 && size < Sizes.Length - 1)
        {
            bytes /= 1024;
            size++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {Sizes[size]}");
    }

    /// <summary>12,345 or 0.5.</summary>
    public static string Number(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>0.4 ms, 1.2 s, 3 min.</summary>
    public static string Time(double milliseconds) => milliseconds switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.#} ms"),
        < 120_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1_000:0.#} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000:0} min"),
    };
}
