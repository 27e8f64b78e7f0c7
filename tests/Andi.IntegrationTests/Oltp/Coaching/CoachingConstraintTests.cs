namespace Andi.IntegrationTests.Oltp.Coaching;

/// <summary>The database holds what the API promises, whoever writes to it.</summary>
[Collection(OltpCollection.Name)]
public sealed class CoachingConstraintTests(OltpFixture oltp)
{
    [Theory]
    [InlineData("session_id", "'a/b'")]
    [InlineData("teacher_id", "'nobody'")]
    [InlineData("subject", "' '")]
    [InlineData("grade", "repeat('x', 17)")]
    [InlineData("started_at", "'infinity'")]
    [InlineData("started_at", "'1969-12-31T23:59:59Z'")]
    [InlineData("started_at", "'2100-01-01T00:00:00Z'")]
    [InlineData("duration_seconds", "-1")]
    [InlineData("duration_seconds", "86401")]
    [InlineData("student_count", "-1")]
    [InlineData("ciq_score", "100.01")]
    [InlineData("ciq_score", "'NaN'")]
    [InlineData("equity_score", "-0.01")]
    [InlineData("wait_time_seconds", "-0.01")]
    [InlineData("wait_time_seconds", "10000")]
    [InlineData("student_engagement", "100.01")]
    [InlineData("teacher_talk_ratio", "1.0001")]
    [InlineData("teacher_talk_ratio", "'NaN'")]
    [InlineData("open_questions", "-1")]
    [InlineData("closed_questions", "-1")]
    [InlineData("school_id", "NULL")]
    [InlineData("state_id", "NULL")]
    public Task Sessions(string column, string value) => RefusesAsync(
        RecordKind.Session,
        coached => new()
        {
            ["subject"] = "'Math'",
            ["grade"] = "'5'",
            ["started_at"] = "'2026-05-01T09:30:00Z'",
            ["duration_seconds"] = "0",
            ["student_count"] = "0",
            ["ciq_score"] = "100",
            ["equity_score"] = "0",
            ["wait_time_seconds"] = "9999.99",
            ["student_engagement"] = "100",
            ["teacher_talk_ratio"] = "1",
            ["open_questions"] = "0",
            ["closed_questions"] = "2147483647",
        },
        column,
        value);

    [Theory]
    [InlineData("usage_id", "''")]
    [InlineData("resource_id", "'nothing'")]
    [InlineData("teacher_id", "'nobody'")]
    [InlineData("action", "'look'")]
    [InlineData("action", "'view'")]
    [InlineData("rating", "NULL")]
    [InlineData("rating", "0")]
    [InlineData("rating", "6")]
    [InlineData("duration_seconds", "-1")]
    [InlineData("occurred_at", "'-infinity'")]
    [InlineData("district_id", "NULL")]
    public Task Usage(string column, string value) => RefusesAsync(
        RecordKind.Use,
        coached => new()
        {
            ["resource_id"] = $"'{coached.Resource}'",
            ["action"] = "'rate'",
            ["duration_seconds"] = "NULL",
            ["rating"] = "5",
            ["occurred_at"] = "'2026-05-01T09:30:00Z'",
        },
        column,
        value);

    [Theory]
    [InlineData("activity_id", "'a b'")]
    [InlineData("teacher_id", "'nobody'")]
    [InlineData("kind", "'Post'")]
    [InlineData("forum", "repeat('x', 101)")]
    [InlineData("occurred_at", "'2100-01-01T00:00:00Z'")]
    public Task Community(string column, string value) => RefusesAsync(
        RecordKind.Activity,
        coached => new() { ["kind"] = "'post'", ["forum"] = "'Math'", ["occurred_at"] = "'2026-05-01T09:30:00Z'" },
        column,
        value);

    [Theory]
    [InlineData("resource_id", "'a%b'")]
    [InlineData("title", "repeat('x', 301)")]
    [InlineData("kind", "''")]
    [InlineData("subject", "NULL")]
    [InlineData("grade_band", "' '")]
    public Task Resources(string column, string value) => oltp.Database.RefusesAsync(
        "resources", new() { ["resource_id"] = "'R'", ["title"] = "'One'", ["kind"] = "'video'", ["subject"] = "'Math'", ["grade_band"] = "'3-5'" },
        column, value);

    private async Task RefusesAsync(RecordKind kind, Func<CoachedTeacher, Dictionary<string, string>> content, string column, string value)
    {
        var coached = await CoachedTeacher.CreateAsync(oltp.Http);
        var row = content(coached);
        row[kind.IdColumn] = "'X'";
        row["teacher_id"] = $"'{coached.Teacher}'";
        (row["school_id"], row["district_id"], row["state_id"]) = ("'S'", "'D'", "'TX'");
        await oltp.Database.RefusesAsync(kind.Table, row, column, value);
    }
}
