using System.Globalization;
using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Andi.IntegrationTests.Warehouse.Queries;

/// <summary>
/// The law of enrollments: whatever came, ended, went and was sent twice, a class has on each day the students whose period, as written last, holds it.
/// </summary>
internal static class EnrollmentLaw
{
    private static readonly DateOnly First = new(2026, 8, 15);

    public static async Task ShouldHoldAsync(ClickHouseClient client, LandingWriter writer, Random random, CancellationToken cancellationToken)
    {
        var students = new List<Change<Row>>();
        for (var n = 0; n < 4; n++)
        {
            var student = new Row { ["student_id"] = $"E{n}", ["name"] = $"Pupil {n}", ["grade"] = "5", ["school_id"] = "S" };
            students.Add(new(null, student, (UInt128)(900 + n) << 32));
        }

        await writer.InsertAsync("students_changes", writer.Rows(students, row => new Row(row)), $"enrolled/{writer.Generation}", cancellationToken);
        var one = new Row
        {
            ["class_id"] = "K",
            ["name"] = "K",
            ["school_id"] = "S",
            ["teacher_id"] = "TK",
            ["subject"] = null,
            ["school_year"] = "2025-2026",
        };
        await writer.InsertAsync(
            "classes_changes", writer.Rows([new Change<Row>(null, one, (UInt128)950 << 32)], row => new Row(row)), $"enrolled/{writer.Generation}/K",
            cancellationToken);
        var rows = new Dictionary<string, Row>();
        for (var (batch, position) = (0, 1UL); batch < 4; batch++)
        {
            var changes = new List<Change<Row>>();
            for (var n = random.Next(1, 12); n > 0; n--, position++)
            {
                // One student is not known: an enrollment may be there before the student is.
                var (student, from) = ($"E{random.Next(5)}", First.AddDays(10 * random.Next(3)));
                var key = $"{student}/{from:O}";
                var before = rows.GetValueOrDefault(key);
                var after = before is not null && random.Next(3) == 0 ? null : new Row
                {
                    ["class_id"] = "K",
                    ["student_id"] = student,
                    ["from_date"] = Text(from),
                    ["to_date"] = random.Next(3) == 0 && from == First.AddDays(20) ? null : Text(from.AddDays(random.Next(10))),
                };
                rows.Remove(key);
                if (after is not null)
                {
                    rows[key] = after;
                }

                changes.Add(new Change<Row>(before, after, (UInt128)position << 32));
            }

            var content = writer.Rows(changes, row => new Row(row));
            for (var times = 0; times < 2; times++)
            {
                await writer.InsertAsync("enrollments_changes", content, $"enrolled/{writer.Generation}/{batch}", cancellationToken);
            }
        }

        for (var day = First.AddDays(-1); day < First.AddDays(40); day = day.AddDays(1))
        {
            var text = Text(day);
            var expected = rows.Values
                .Where(row => string.CompareOrdinal((string)row["from_date"]!, text) <= 0
                    && (row["to_date"] is not string to || string.CompareOrdinal(to, text) > 0))
                .Select(row => $"{row["student_id"]} {NameOf((string)row["student_id"]!)} {row["from_date"]} {row["to_date"]}");
            (await AskAsync(client, "K", day, writer.Generation, cancellationToken)).ShouldBe([.. expected.Order(StringComparer.Ordinal)], text);
        }

        foreach (var student in Enumerable.Range(0, 6).Select(n => $"E{n}"))
        {
            (await IsOfTeacherAsync("TK", student)).ShouldBe(rows.Values.Any(row => (string?)row["student_id"] == student), student);
            (await IsOfTeacherAsync("T0", student)).ShouldBeFalse();
        }

        (await AskAsync(client, "elsewhere", First, writer.Generation, cancellationToken)).ShouldBeEmpty();

        async Task<bool> IsOfTeacherAsync(string teacher, string student)
        {
            var parameters = new ClickHouseParameters { { "teacher", teacher }, { "student", student }, { "generation", writer.Generation } };
            return (await client.QueryAsync<Dictionary<string, string?>>(
                WarehouseQuery.Of("schools", "student_of_teacher").With(parameters), cancellationToken)).Count == 1;
        }
    }

    private static string? NameOf(string student) => student == "E4" ? null : $"Pupil {student[1..]}";

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<string>> AskAsync(
        ClickHouseClient client, string one, DateOnly day, uint generation, CancellationToken cancellationToken)
    {
        var parameters = new ClickHouseParameters { { "class", one }, { "day", day }, { "generation", generation } };
        var found = await client.QueryAsync<Dictionary<string, string?>>(
            WarehouseQuery.Of("schools", "class_students").With(parameters), cancellationToken);
        return [.. found.Select(row => $"{row["studentId"]} {row["studentName"]} {row["from"]} {row["to"]}")];
    }
}
