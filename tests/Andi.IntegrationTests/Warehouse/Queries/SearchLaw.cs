using System.Globalization;
using System.Text;
using Andi.AnalyticsApi.Requests;
using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using ICU4N;
using ICU4N.Text;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Andi.IntegrationTests.Warehouse.Queries;

/// <summary>
/// The law of searches: whatever was renamed, moved, deleted and sent twice, what is found is what is called so now and lies in the scope, the best first.
/// </summary>
internal sealed class SearchLaw(ClickHouseClient client, LandingWriter writer, Random random, CancellationToken cancellationToken)
{
    private const uint Most = 7;

    private static readonly string[] Words =
        ["Anna", "ANNA", "Ánna", "annab", "Zoë", "Straße", "STRASSE", "Émile", "O'Neil-Lee", "Maria", "(maria)", "D1", "p1", "Łucja", "ΑΘΗΝΑ", "Ж1"];

    private static readonly string[] Texts =
    [
        "anna", "Ánn", "NN", "zoe", "strass", "ße", "emile", "lee", "o'neil", "ria", "m", "a", "D1", "d", "P1", "p", "łu", "lu", "αθη", "ж", " ", "\u0301",
        "x%", "_",
    ];

    private static readonly (string? State, string? District, string? School, string? Teacher)[] Scopes =
    [
        (null, null, null, null), (null, null, null, null), ("S1", null, null, null), ("S0", "D1", null, null), ("S1", "D2", "C3", "T1"),
        (null, null, "", ""),
    ];

    private readonly Dictionary<string, Dictionary<string, Row>> _tables = [];

    public async Task ShouldHoldAsync()
    {
        await ChangeAsync("districts", "district_id", "D", 4, _ => new() { ["state_id"] = $"S{random.Next(2)}" });
        await ChangeAsync("schools", "school_id", "C", 5, _ => new() { ["district_id"] = $"D{random.Next(4)}" });
        await ChangeAsync("teachers", "teacher_id", "T", 6, _ => new() { ["school_id"] = $"C{random.Next(5)}", ["email"] = null });
        await ChangeAsync("students", "student_id", "P", 16, _ => new() { ["school_id"] = $"C{random.Next(5)}", ["grade"] = "5" });
        await ChangeAsync("tests", "test_id", "X", 4, _ => new()
        {
            ["subject"] = $"subject {random.Next(2)}",
            ["min_score"] = 0,
            ["max_score"] = 100,
            ["decimals"] = 2,
            ["bands"] = "[]",
            ["levels"] = "[]",
        });
        await ChangeAsync("classes", "class_id", "K", 4, _ => new()
        {
            ["school_id"] = "C0",
            ["teacher_id"] = $"T{random.Next(3)}",
            ["subject"] = null,
            ["school_year"] = "2025-2026",
        });
        await EnrollAsync();
        var scores = await ScoreAsync();

        foreach (var text in Texts)
        {
            await PlacesAsync(text);
            await ShouldFindAsync("assessments/test_search", "tests", "test_id", "subject", text, [], _ => true);
            var teacher = $"T{random.Next(4)}";
            var enrolled = _tables["enrollments"].Values.Where(row => Is("classes", row["class_id"], "teacher_id", teacher))
                .Select(row => row["student_id"]).ToHashSet();
            await ShouldFindAsync(
                "schools/enrolled_student_search", "students", "student_id", "school_id", text, new() { { "teacher", teacher } },
                row => enrolled.Contains(row["student_id"]));
            await ShouldFindAsync(
                "assessments/scored_student_search", "students", "student_id", "school_id", text,
                new() { { "teacher", teacher }, { "oldest", ScoreRow.OldestMonth } },
                row => scores.Any(score => score.TeacherId == teacher && score.StudentId == (string)row["student_id"]! && score.Counts));
        }
    }

    private async Task PlacesAsync(string text)
    {
        var (state, district, school, only) = Scopes[random.Next(Scopes.Length)];
        await ShouldFindAsync(
            "schools/district_search", "districts", "district_id", "state_id", text, new() { { "only", district }, { "state", state } },
            row => Fits(row, "district_id", district) && Fits(row, "state_id", state));
        await ShouldFindAsync(
            "schools/school_search", "schools", "school_id", "district_id", text,
            new() { { "only", school }, { "district", district }, { "within_state", state ?? "" } },
            row => Fits(row, "school_id", school) && Fits(row, "district_id", district) && IsIn(row, state));
        await ShouldFindAsync(
            "schools/classroom_search", "teachers", "teacher_id", "school_id", text,
            new() { { "only", only }, { "school", school }, { "within_district", district ?? "" }, { "within_state", state ?? "" } },
            row => Fits(row, "teacher_id", only) && IsInSchool(row, state, district, school));
        await ShouldFindAsync(
            "schools/student_search", "students", "student_id", "school_id", text,
            new() { { "school", school }, { "within_district", district ?? "" }, { "within_state", state ?? "" } },
            row => IsInSchool(row, state, district, school));
    }

    private bool IsInSchool(Row row, string? state, string? district, string? school) => Fits(row, "school_id", school)
        && (state is null || (_tables["schools"].TryGetValue((string)row["school_id"]!, out var of) && Fits(of, "district_id", district) && IsIn(of, state)));

    private bool IsIn(Row ofDistrict, string? state) => state is null || Is("districts", ofDistrict["district_id"], "state_id", state);

    private bool Is(string table, object? id, string column, string value) =>
        _tables[table].TryGetValue((string)id!, out var row) && (string)row[column]! == value;

    private static bool Fits(Row row, string column, string? value) => value is null || (string)row[column]! == value;

    private async Task ShouldFindAsync(
        string query, string table, string key, string within, string text, ClickHouseParameters parameters, Func<Row, bool> isVisible)
    {
        parameters.Add("text", text);
        parameters.Add("most", Most);
        parameters.Add("generation", writer.Generation);
        var (area, name) = (query.Split('/')[0], query.Split('/')[1]);
        var found = await client.QueryAsync<Andi.AnalyticsApi.Search.Match>(WarehouseQuery.Of(area, name).With(parameters), cancellationToken);
        found.Select(match => (match.Rank, match.Name, match.Id, match.Within)).ShouldBe(
            _tables[table].Values.Where(isVisible)
                .Select(row => (Rank: Rank((string)row[key]!, (string)row["name"]!, text), Name: (string)row["name"]!, Id: (string)row[key]!,
                    Within: (string?)row[within]))
                .Where(match => match.Rank > 0)
                .OrderBy(match => match.Rank).ThenBy(match => match.Name, Utf8Order.Instance).ThenBy(match => match.Id, Utf8Order.Instance)
                .Take((int)Most),
            $"{query} '{text}'");
    }

    // By another way than the warehouse's: accents are marks of their own in the decomposed form.
    private static string Folded(string text) => UChar.FoldCase(
        string.Concat(Normalizer2.NFDInstance.Normalize(text).Where(one => CharUnicodeInfo.GetUnicodeCategory(one) != UnicodeCategory.NonSpacingMark)), true);

    private static int Rank(string idText, string nameText, string sought)
    {
        var (id, name, text) = (Folded(idText), Folded(nameText), Folded(sought));
        return text.Length == 0 ? 0
            : id == text ? 1
            : name == text ? 2
            : name.StartsWith(text, StringComparison.Ordinal) ? 3
            : id.StartsWith(text, StringComparison.Ordinal) ? 4
            : !name.Contains(text, StringComparison.Ordinal) ? 0
            : $" {Apart(name)}".Contains($" {Apart(text)}", StringComparison.Ordinal) ? 5
            : 6;

        static string Apart(string words) => string.Concat(words.Select(one => "-'./(),_".Contains(one) ? ' ' : one));
    }

    private async Task ChangeAsync(string table, string key, string prefix, int ids, Func<string, Row> make)
    {
        var rows = _tables[table] = [];
        for (var (batch, position) = (0, 1UL); batch < 3; batch++)
        {
            var changes = new List<Change<Row>>();
            for (var n = 2 * ids; n > 0; n--, position++)
            {
                var id = $"{prefix}{random.Next(ids)}";
                var before = rows.GetValueOrDefault(id);
                rows.Remove(id);
                if (before is null || random.Next(5) > 0)
                {
                    rows[id] = new Row(make(id)) { [key] = id, ["name"] = Name() };
                }

                changes.Add(new Change<Row>(before, rows.GetValueOrDefault(id), (UInt128)position << 32));
            }

            await TwiceAsync(table, writer.Rows(changes, row => new Row(row)), $"{batch}");
        }
    }

    private string Name() => string.Join(' ', Enumerable.Range(0, random.Next(1, 3)).Select(_ => Words[random.Next(Words.Length)]));

    private async Task EnrollAsync()
    {
        var rows = _tables["enrollments"] = [];
        var changes = new List<Change<Row>>();
        for (ulong position = 1; position < 20; position++)
        {
            var (one, student) = ($"K{random.Next(4)}", $"P{random.Next(16)}");
            var key = $"{one}/{student}";
            var before = rows.GetValueOrDefault(key);
            rows.Remove(key);
            if (before is null || random.Next(3) > 0)
            {
                rows[key] = new Row
                {
                    ["class_id"] = one,
                    ["student_id"] = student,
                    ["from_date"] = "2025-09-01",
                    ["to_date"] = before is null ? null : "2026-01-01",
                };
            }

            changes.Add(new Change<Row>(before, rows.GetValueOrDefault(key), (UInt128)position << 32));
        }

        await TwiceAsync("enrollments", writer.Rows(changes, row => new Row(row)), "0");
    }

    private async Task<IReadOnlyCollection<ScoreRow>> ScoreAsync()
    {
        var history = new ScoreHistory(random.Next());
        await TwiceAsync("scores", writer.Rows(history.Next(60), LandingWriter.Columns), "0");
        return history.Rows;
    }

    private async Task TwiceAsync(string table, byte[] rows, string batch)
    {
        for (var times = 0; times < 2; times++)
        {
            await writer.InsertAsync($"{table}_changes", rows, $"sought/{writer.Generation}/{table}/{batch}", cancellationToken);
        }
    }
}
