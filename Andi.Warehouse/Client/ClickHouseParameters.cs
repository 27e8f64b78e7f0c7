using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;

namespace Andi.Warehouse.Client;

/// <summary>
/// Values bound to a statement's <c>{name:Type}</c> places. They travel beside the statement (<c>param_name</c>), in ClickHouse's escaped text form,
/// so that no value can become part of the statement.
/// </summary>
public sealed class ClickHouseParameters : IEnumerable<KeyValuePair<string, string>>
{
    private const string Null = @"\N";

    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\\t\n\r\0\b\f");

    private readonly Dictionary<string, string> _values = [];

    /// <summary>For a String, or with null a Nullable(String).</summary>
    public void Add(string name, string? value) => _values.Add(name, value is null ? Null : EscapeTabSeparated(value));

    /// <summary>For a number of any width.</summary>
    public void Add<T>(string name, T value)
        where T : struct, IFormattable => _values.Add(name, Text(value));

    /// <summary>For a Nullable number of any width.</summary>
    public void Add<T>(string name, T? value)
        where T : struct, IFormattable => _values.Add(name, value is null ? Null : Text(value.Value));

    /// <summary>For a Bool.</summary>
    public void Add(string name, bool value) => _values.Add(name, value ? "true" : "false");

    /// <summary>For a Date or Date32.</summary>
    public void Add(string name, DateOnly value) => _values.Add(name, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>For an Array(String).</summary>
    public void Add(string name, IEnumerable<string> values) => _values.Add(name, $"[{string.Join(',', values.Select(Quote))}]");

    /// <summary>For an Array(Tuple(String, String, String, UInt8)).</summary>
    public void Add(string name, IEnumerable<(string First, string Second, string Third, byte Fourth)> values) =>
        _values.Add(name, $"[{string.Join(',', values.Select(value => $"({Quote(value.First)},{Quote(value.Second)},{Quote(value.Third)},{value.Fourth})"))}]");

    /// <summary>For any type: a value that is in ClickHouse's escaped text form already, as <c>toString</c> of an array gives it.</summary>
    public void AddEscaped(string name, string text) => _values.Add(name, text);

    /// <summary>For an array of numbers.</summary>
    public void Add<T>(string name, IEnumerable<T> values)
        where T : struct, IFormattable => _values.Add(name, $"[{string.Join(',', values.Select(Text))}]");

    /// <summary>Null where there is no parameter of that name.</summary>
    internal bool? IsNull(string name) => _values.TryGetValue(name, out var value) ? value == Null : null;

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Text<T>(T value)
        where T : struct, IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private static string EscapeTabSeparated(string value)
    {
        if (!value.AsSpan().ContainsAny(Escaped))
        {
            return value;
        }

        var escaped = new StringBuilder(value.Length + 8);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => escaped.Append(@"\\"),
                '\t' => escaped.Append(@"\t"),
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\0' => escaped.Append(@"\0"),
                '\b' => escaped.Append(@"\b"),
                '\f' => escaped.Append(@"\f"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static string Quote(string value) => $"'{EscapeTabSeparated(value).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
