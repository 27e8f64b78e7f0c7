namespace Andi.IntegrationTests.Oltp;

/// <summary>The database holds what the API promises, whoever writes to it.</summary>
[Collection(OltpCollection.Name)]
public sealed class ConstraintTests(OltpFixture oltp)
{
    [Theory]
    [InlineData("district_id", "''")]
    [InlineData("district_id", "'a b'")]
    [InlineData("district_id", "'a/b'")]
    [InlineData("district_id", "E'a\\u2003b'")]
    [InlineData("district_id", "E'a\\u202Eb'")]
    [InlineData("district_id", "E'a\\u200Db'")]
    [InlineData("district_id", "E'Jose\\u0301'")]
    [InlineData("district_id", "repeat('x', 65)")]
    [InlineData("district_id", "NULL")]
    [InlineData("name", "' '")]
    [InlineData("name", "' North'")]
    [InlineData("name", "E'two\\nlines'")]
    [InlineData("name", "E'Jose\\u0301'")]
    [InlineData("name", "E'zero\\u200Bwidth'")]
    [InlineData("name", "E'right\\u202Eleft'")]
    [InlineData("name", "E'tag\\U000E0041'")]
    [InlineData("name", "E'private\\uE000'")]
    [InlineData("name", "repeat('x', 201)")]
    [InlineData("state_id", "''")]
    public Task Districts(string column, string value) => oltp.Database.RefusesAsync(
        "districts", new() { ["district_id"] = "'D'", ["name"] = "'North'", ["state_id"] = "'TX'" }, column, value);

    [Theory]
    [InlineData("email", "'nobody'")]
    [InlineData("email", "'a b@c'")]
    [InlineData("email", "E'a\\u200Bb@c'")]
    [InlineData("school_id", "'nowhere'")]
    public Task Teachers(string column, string value) => WithRoomAsync(room => oltp.Database.RefusesAsync(
        "teachers", new() { ["teacher_id"] = "'T'", ["name"] = "'Ms'", ["school_id"] = $"'{room.School}'", ["email"] = "NULL" }, column, value));

    [Theory]
    [InlineData("max_score", "0")]
    [InlineData("max_score", "-1")]
    [InlineData("max_score", "100000")]
    [InlineData("max_score", "'NaN'")]
    [InlineData("max_score", "50.001")]
    [InlineData("min_score", "50")]
    [InlineData("min_score", "-1")]
    [InlineData("decimals", "5")]
    [InlineData("bands", "'{}'")]
    [InlineData("bands", """'[{"name": "All"}]'""")]
    [InlineData("bands", """'[{"name": "High", "from": 50}, {"name": "Low", "from": 0}]'""")]
    [InlineData("bands", """'[{"name": "High", "from": 40}]'""")]
    [InlineData("levels", "'[]'")]
    [InlineData("levels", """'["1", 2]'""")]
    [InlineData("levels", """'["1", "2", "3", "4", "5", "6", "7", "8"]'""")]
    [InlineData("subject", "''")]
    public Task Tests(string column, string value) => oltp.Database.RefusesAsync(
        "tests",
        new()
        {
            ["test_id"] = "'M'",
            ["name"] = "'Spring'",
            ["subject"] = "'Math'",
            ["min_score"] = "0",
            ["max_score"] = "50",
            ["decimals"] = "2",
            ["bands"] = """'[{"name": "High", "from": 40}, {"name": "Low", "from": 0}]'""",
            ["levels"] = """'["Low", "High"]'""",
        },
        column,
        value);

    [Theory]
    [InlineData("score_id", "''")]
    [InlineData("student_id", "'nobody'")]
    [InlineData("teacher_id", "'nobody'")]
    [InlineData("test_id", "'nothing'")]
    [InlineData("school_year", "'26'")]
    [InlineData("school_year", "'2025-2027'")]
    [InlineData("test_date", "'1969-12-31'")]
    [InlineData("test_date", "'infinity'")]
    [InlineData("overall_score", "100.01")]
    [InlineData("overall_score", "-0.01")]
    [InlineData("overall_score", "'NaN'")]
    [InlineData("overall_score", "50.001")]
    [InlineData("overall_score", "NULL")]
    [InlineData("status", "'exempt'")]
    [InlineData("status", "'late'")]
    [InlineData("status", "NULL")]
    [InlineData("test_date", "'2025-03-31'")]
    [InlineData("test_date", "'2026-10-01'")]
    [InlineData("overall_performance_level", "0")]
    [InlineData("overall_performance_level", "5")]
    [InlineData("dimension_scores", "'[]'")]
    [InlineData("dimension_scores", "'null'")]
    [InlineData("dimension_scores", """'{"a": 100.5}'""")]
    [InlineData("dimension_scores", """'{"a": -1}'""")]
    [InlineData("dimension_scores", """'{"a": 1.234}'""")]
    [InlineData("dimension_scores", """'{"a": "50"}'""")]
    [InlineData("dimension_scores", """'{"a": [50]}'""")]
    [InlineData("dimension_scores", """'{"a": null}'""")]
    [InlineData("dimension_scores", """'{"a": {"b": 1}}'""")]
    [InlineData("school_id", "NULL")]
    [InlineData("grade", "NULL")]
    public Task Scores(string column, string value) => WithRoomAsync(room => oltp.Database.RefusesAsync(
        "scores",
        new()
        {
            ["score_id"] = "'X'",
            ["student_id"] = $"'{room.Student}'",
            ["teacher_id"] = $"'{room.Teacher}'",
            ["test_id"] = $"'{room.Test}'",
            ["school_year"] = "'2025-2026'",
            ["test_date"] = "'2026-05-01'",
            ["status"] = "'scored'",
            ["overall_score"] = "100",
            ["overall_performance_level"] = "4",
            ["dimension_scores"] = """'{"a": 0, "b": 100, "c": 33.25}'""",
            ["school_id"] = "'S'",
            ["district_id"] = "'D'",
            ["state_id"] = "'TX'",
            ["grade"] = "'5'",
        },
        column,
        value));

    private async Task WithRoomAsync(Func<Classroom, Task> test) => await test(await Classroom.CreateAsync(oltp.Http));
}
