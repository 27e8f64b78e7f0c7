using System.Globalization;
using System.Text.Json;

namespace Andi.FaultCampaign.Comparison;

/// <summary>Compares answers value by value, with no tolerance, and keeps what differs. Used by several threads.</summary>
internal sealed class Differences
{
    private readonly Lock _lock = new();
    private readonly List<string> _found = [];
    private long _values;

    /// <summary>How many values were compared.</summary>
    public long Values => Interlocked.Read(ref _values);

    public IReadOnlyList<string> Found
    {
        get
        {
            lock (_lock)
            {
                return [.. _found];
            }
        }
    }

    public void Add(string where, string what)
    {
        lock (_lock)
        {
            _found.Add($"{where}: {what}");
        }
    }

    /// <summary>Compares two counts that must be the same.</summary>
    public void Compare(string where, long expected, long actual)
    {
        Interlocked.Increment(ref _values);
        if (expected != actual)
        {
            Add(where, string.Create(CultureInfo.InvariantCulture, $"PostgreSQL has {expected}, Andi {actual}"));
        }
    }

    /// <summary>Compares the rows of a list, which must be the same in the same order.</summary>
    public void Compare(string where, IReadOnlyList<Row> expected, IReadOnlyList<JsonElement> actual)
    {
        Compare($"{where}, number of items", expected.Count, actual.Count);
        for (var item = 0; item < Math.Min(expected.Count, actual.Count); item++)
        {
            Compare(string.Create(CultureInfo.InvariantCulture, $"{where}, item {item}"), expected[item], actual[item], except: []);
        }
    }

    /// <summary>Compares an object; it must have all the row's values and no others.</summary>
    public void Compare(string where, Row expected, JsonElement actual, IReadOnlyList<string> except)
    {
        foreach (var property in actual.EnumerateObject().Where(property => !except.Contains(property.Name)))
        {
            Interlocked.Increment(ref _values);
            if (!expected.Values.TryGetValue(property.Name, out var value))
            {
                Add(where, $"has {property.Name}, which PostgreSQL was not asked for");
            }
            else if (!AreSame(value, property.Value))
            {
                Add(where, $"{property.Name}: PostgreSQL has {Show(value)}, Andi {property.Value.GetRawText()}");
            }
        }

        foreach (var name in expected.Values.Keys.Where(name => except.Count == 0 && !actual.TryGetProperty(name, out _)))
        {
            Add(where, $"lacks {name}");
        }
    }

    private static bool AreSame(object? expected, JsonElement actual) => expected switch
    {
        null => actual.ValueKind == JsonValueKind.Null,
        string text => actual.ValueKind == JsonValueKind.String && actual.GetString() == text,
        long number => actual.ValueKind == JsonValueKind.Number && actual.TryGetInt64(out var other) && other == number,
        double number =>
            actual.ValueKind == JsonValueKind.Number && BitConverter.DoubleToInt64Bits(number) == BitConverter.DoubleToInt64Bits(actual.GetDouble()),
        Row.Json json => AreSame(json, actual),
        _ => throw new InvalidOperationException($"A value of type {expected.GetType()} is not compared."),
    };

    private static bool AreSame(Row.Json expected, JsonElement actual)
    {
        using var document = JsonDocument.Parse(expected.Text);
        return AreSame(document.RootElement, actual);
    }

    private static bool AreSame(JsonElement expected, JsonElement actual) => expected.ValueKind == actual.ValueKind && expected.ValueKind switch
    {
        JsonValueKind.Number => AreSame(expected.GetDouble(), actual),
        JsonValueKind.Array =>
            expected.GetArrayLength() == actual.GetArrayLength()
            && expected.EnumerateArray().Zip(actual.EnumerateArray()).All(pair => AreSame(pair.First, pair.Second)),
        JsonValueKind.Object =>
            expected.EnumerateObject().Count() == actual.EnumerateObject().Count()
            && expected.EnumerateObject().All(property => actual.TryGetProperty(property.Name, out var other) && AreSame(property.Value, other)),
        JsonValueKind.String => expected.GetString() == actual.GetString(),
        _ => true,
    };

    private static string Show(object? value) => value switch
    {
        null => "null",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        Row.Json json => json.Text,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
