using System.Text;
using System.Text.Json;
using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Assessments;

/// <summary>A range of a test's scores that has a name, for instance <c>{"name": "Good", "from": 80}</c>: up to where the next one begins.</summary>
/// <param name="From">The lowest score of the range.</param>
public sealed record ScoreBand(string? Name, decimal? From);

/// <summary>
/// The scale that scores of a test lie on: its ends, how many decimal places a score may have, its bands and its performance levels. Whether the scores of
/// a test fit its scale is for the database's triggers to say, which see both at the same moment.
/// </summary>
internal static class TestScale
{
    public const decimal DefaultMin = 0;
    public const decimal DefaultMax = 100;
    public const short DefaultDecimals = 2;
    public const int MaxBands = 20;
    public const int MaxLevels = 7;

    /// <summary>Any score of any test: what the warehouse holds exactly.</summary>
    public static readonly NumberRule Value = new(-99_999.9999m, 99_999.9999m, 4) { StoresShortest = true };
    public static readonly NumberRule Decimals = new(0, 4, 0);
    public static readonly TextRule Name = TextRules.Text(64);
    public static readonly FieldShape Bands = new("bands", IsRequired: false, BandsCheck, "jsonb");
    public static readonly FieldShape Levels = new("levels", IsRequired: false, LevelsCheck, "jsonb");

    /// <summary>The lowest first.</summary>
    public static readonly IReadOnlyList<string> DefaultLevels = ["Below basic", "Basic", "Proficient", "Advanced"];

    // The scale from end to end: the lowest band begins at its lower end, no other one outside of it.
    private const string BandsCheck =
        "jsonb_typeof(bands) = 'array' AND jsonb_array_length(bands) <= 20 AND NOT jsonb_path_exists(bands, " +
        """'$[*] ? (!exists(@.name ? (@.type() == "string")) || !exists(@.from ? (@.type() == "number")))') """ +
        "AND (bands = '[]' OR (bands -> -1 ->> 'from')::numeric = min_score AND (bands -> 0 ->> 'from')::numeric < max_score)";

    private const string LevelsCheck =
        """jsonb_typeof(levels) = 'array' AND jsonb_array_length(levels) BETWEEN 1 AND 7 AND NOT jsonb_path_exists(levels, '$[*] ? (@.type() != "string")')""";

    private static readonly ScoreBand[] PercentageBands = [new("Excellent", 90), new("Good", 80), new("Fair", 70), new("Needs improvement", 0)];

    /// <summary>The four of a scale from 0 to 100; of another scale none, as nothing says where its bands would begin.</summary>
    public static List<ScoreBand> DefaultBands(decimal min, decimal max) => (min, max) == (DefaultMin, DefaultMax) ? [.. PercentageBands] : [];

    /// <summary>The highest first.</summary>
    public static List<ScoreBand> Stored(IEnumerable<ScoreBand> bands) =>
        [.. bands.OrderByDescending(band => band.From).Select(band => new ScoreBand(Name.Normalize(band.Name), Value.Stored(band.From!.Value)))];

    public static List<string> Stored(IEnumerable<string?> levels) => [.. levels.Select(level => Name.Normalize(level)!)];

    /// <summary>The reason why bands are not allowed on any scale; null where they are.</summary>
    public static string? Check(IReadOnlyList<ScoreBand?> bands)
    {
        if (bands.Count > MaxBands)
        {
            return $"has more than {MaxBands} bands";
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var starts = new HashSet<decimal>();
        foreach (var band in bands)
        {
            if (Name.Normalize(band?.Name) is not { } name || band?.From is not { } from)
            {
                return """must be bands such as {"name": "Good", "from": 80}""";
            }

            if ((Name.Check(Encoding.UTF8.GetBytes(name)) ?? Value.Check(from)) is { } reason)
            {
                return $"'{name}' {reason}";
            }

            if (!names.Add(name) || !starts.Add(from))
            {
                return $"'{name}' has the name or the beginning of another band";
            }
        }

        return null;
    }

    /// <summary>The reason why levels are not allowed; null where they are.</summary>
    public static string? Check(IReadOnlyList<string?> levels)
    {
        if (levels.Count is 0 or > MaxLevels)
        {
            return $"must be from 1 to {MaxLevels} names, the lowest level first";
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var level in levels)
        {
            var name = Name.Normalize(level) ?? "";
            if (Name.Check(Encoding.UTF8.GetBytes(name)) is { } reason)
            {
                return $"'{name}' {reason}";
            }

            if (!names.Add(name))
            {
                return $"has '{name}' twice";
            }
        }

        return null;
    }

    /// <summary>Adds what is wrong with the fields of a scale together.</summary>
    public static void Validate(TestBody body, FieldErrors errors)
    {
        var (min, max, decimals) = (body.MinScore ?? DefaultMin, body.MaxScore ?? DefaultMax, body.Decimals ?? DefaultDecimals);
        if (min >= max)
        {
            errors.Add("maxScore", $"must be more than minScore, {Text(min)}");
        }
        else if (decimals is >= 0 and <= 4)
        {
            foreach (var (field, end) in ((string, decimal)[])[("minScore", min), ("maxScore", max)])
            {
                if (decimal.Round(end, decimals) != end)
                {
                    errors.Add(field, $"has more decimal places than the {decimals} of decimals: {Text(end)}");
                }
            }
        }

        if (body.Bands is { Count: > 0 } bands && bands.TrueForAll(band => band?.From is not null))
        {
            if (bands.Min(band => band!.From) != min)
            {
                errors.Add("bands", $"must begin at minScore, {Text(min)}");
            }
            else if (bands.Find(band => band!.From >= max) is { } outside)
            {
                errors.Add("bands", $"'{outside.Name}' must begin below maxScore, {Text(max)}");
            }
        }
    }

    /// <summary>Writes JSON of what was checked.</summary>
    public static void Write<T>(T value, CopyRow copy)
    {
        var start = copy.BeginJson();
        copy.Raw(JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web));
        copy.EndJson(start);
    }

    /// <summary>Reads a cell of JSON, checks it and writes it. Returns the reason why it is not allowed, or null.</summary>
    public static string? Copy<T>(ReadOnlySpan<byte> cell, CopyRow copy, string expected, Func<List<T>, string?> check, Func<List<T>, object> stored)
    {
        try
        {
            if (JsonSerializer.Deserialize<List<T>>(cell, StrictJson) is not { } items)
            {
                return expected;
            }

            if (check(items) is { } reason)
            {
                return reason;
            }

            Write(stored(items), copy);
            return null;
        }
        catch (JsonException)
        {
            return expected;
        }
    }

    private static readonly JsonSerializerOptions StrictJson = new(JsonSerializerOptions.Web)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private static string Text(decimal number) => Value.Stored(number).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary><c>bands</c> from a CSV file, a cell of JSON. Where it is empty they are the default of the row's scale.</summary>
internal sealed class BandsColumn() : ImportColumn(TestScale.Bands.Column, "jsonb")
{
    public override IReadOnlyList<string> Fields => [TestScale.Bands.Name];

    public override BoundColumn Bind(CsvHeader header) =>
        new Cell(header.Take(TestScale.Bands.Name), header.Take("minScore"), header.Take("maxScore"));

    private sealed class Cell(int? bands, int? min, int? max) : BoundColumn
    {
        public override bool IsAbsent => bands is null;

        public override void Write(CsvCursor row, CopyRow copy, RowErrors errors)
        {
            if (bands is not { } at || row[at].IsEmpty)
            {
                TestScale.Write(TestScale.DefaultBands(End(row, min, TestScale.DefaultMin), End(row, max, TestScale.DefaultMax)), copy);
            }
            else if (TestScale.Copy<ScoreBand>(
                row[at], copy, """must be a JSON array such as [{"name": "Good", "from": 80}]""", TestScale.Check, TestScale.Stored) is { } reason)
            {
                errors.Add(TestScale.Bands.Name, reason);
            }
        }

        // A cell that is no number is told by its own column.
        private static decimal End(CsvCursor row, int? index, decimal fallback) =>
            index is not { } at || row[at].IsEmpty ? fallback
            : CsvNumber.Read(row[at], TestScale.Value, out var units) is null ? units / (decimal)TestScale.Value.UnitsOfOne : decimal.MinValue;
    }
}
