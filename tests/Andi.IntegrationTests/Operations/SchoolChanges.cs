using System.Globalization;

namespace Andi.IntegrationTests.Operations;

/// <summary>Seeded random changes of a small world of schools, straight in PostgreSQL.</summary>
internal sealed class SchoolChanges(AndiUnderTest andi, int seed)
{
    private readonly Random _random = new(seed);
    private int _nextScore;

    /// <summary>Districts, schools, teachers, students and tests, with names that order differently by UTF-16 than by bytes.</summary>
    public Task CreateAsync() => andi.ExecuteAsync("""
        INSERT INTO districts SELECT 'D' || i, 'District ' || chr(65535) || chr(66560) || i, CASE WHEN i < 3 THEN 'CA' ELSE 'TX' END
        FROM generate_series(1, 3) AS i;
        INSERT INTO schools SELECT 'S' || i, 'School ' || i, 'D' || (1 + i % 3) FROM generate_series(1, 6) AS i;
        INSERT INTO teachers SELECT 'T' || i, 'Teacher ' || i, 'S' || (1 + i % 6), CASE WHEN i % 2 = 0 THEN 't' || i || '@example.org' END
        FROM generate_series(1, 12) AS i;
        INSERT INTO students SELECT CASE WHEN i % 7 = 0 THEN chr(66000 + i) WHEN i % 5 = 0 THEN chr(65376 + i) ELSE 'P' || i END,
            'Student ' || i, (1 + i % 9)::text, 'S' || (1 + i % 6)
        FROM generate_series(1, 60) AS i WHERE i % 5 <> 0 OR i < 30;
        INSERT INTO tests SELECT 'M' || i, 'Test ' || i, CASE WHEN i % 2 = 0 THEN 'math' ELSE 'art' END, 100.5 FROM generate_series(1, 4) AS i;
        """);

    /// <summary>Some transactions of inserts, corrections, deletions, moves and renames.</summary>
    /// <param name="transactions">How many.</param>
    /// <param name="elsewhere">Only insert, and not into the classroom of teacher T1.</param>
    public async Task ChangeAsync(int transactions, bool elsewhere = false)
    {
        for (var i = 0; i < transactions; i++)
        {
            await andi.ExecuteAsync(elsewhere ? Insert(firstTeacher: 2) : Next());
        }
    }

    private string Next() => _random.Next(10) switch
    {
        < 5 => Insert(),
        5 or 6 => $"""
            UPDATE scores SET overall_score = {Score()}, overall_performance_level = {1 + _random.Next(4)}, dimension_scores = '{Dimensions()}'
            WHERE score_id IN (SELECT score_id FROM scores ORDER BY md5(score_id || {_random.Next()}) LIMIT 5)
            """,
        7 => $"DELETE FROM scores WHERE score_id IN (SELECT score_id FROM scores ORDER BY md5(score_id || {_random.Next()}) LIMIT 2)",
        8 => $"""
            UPDATE scores
            SET teacher_id = 'T{1 + _random.Next(12)}', test_date = greatest(test_date - {_random.Next(60)}, make_date(left(school_year, 4)::int, 4, 1))
            WHERE score_id IN (SELECT score_id FROM scores ORDER BY md5(score_id || {_random.Next()}) LIMIT 3)
            """,
        _ => $"UPDATE teachers SET name = 'Renamed {_random.Next()}', school_id = 'S{1 + _random.Next(6)}' WHERE teacher_id = 'T{1 + _random.Next(12)}'",
    };

    private string Insert(int firstTeacher = 1) => $"""
        INSERT INTO scores
        SELECT 'X{_nextScore++}-' || row_number() OVER (), student_id, 'T{_random.Next(firstTeacher, 13)}', 'M{1 + _random.Next(4)}',
            {SchoolYear("day")}, day,
            {Score()}, {1 + _random.Next(4)}, '{Dimensions()}', 'S1', 'D1', 'CA', grade
        FROM students CROSS JOIN (SELECT current_date - {_random.Next(900)}) AS drawn (day) ORDER BY md5(student_id || {_random.Next()}) LIMIT 10
        ON CONFLICT DO NOTHING
        """;

    /// <summary>The school year of a date, which begins in July, as an SQL expression.</summary>
    public static string SchoolYear(string date) =>
        $"to_char({date} - interval '6 months', 'YYYY') || '-' || to_char({date} + interval '6 months', 'YYYY')";

    private string Score() => (_random.Next(10_001) / 100m).ToString(CultureInfo.InvariantCulture);

    private string Dimensions() => _random.Next(4) switch
    {
        0 => "{}",
        1 => $$"""{"algebra": {{Score()}}}""",
        _ => $$"""{"algebra": {{Score()}}, "zoo=ä": {{_random.Next(101)}}}""",
    };
}
