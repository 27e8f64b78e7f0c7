using Andi.Oltp.Areas.Coaching;
using Andi.Oltp.Imports;
using Andi.Oltp.Validation;

namespace Andi.UnitTests.Oltp.Coaching;

public sealed class CoachingBodyTests
{
    private static readonly DateTime May = new(2026, 5, 1, 9, 30, 0, DateTimeKind.Utc);

    [Fact]
    public void Good_ones_have_no_errors()
    {
        Errors(Session).ShouldBeEmpty();
        Errors(Use).ShouldBeEmpty();
        Errors(Activity).ShouldBeEmpty();
    }

    [Fact]
    public void Every_missing_field_is_named()
    {
        Errors(new CiqSessionBody()).Keys.ShouldBe(
            [
                "teacherId", "subject", "grade", "startedAt", "durationSeconds", "studentCount", "ciqScore", "equityScore", "waitTimeSeconds",
                "studentEngagement", "teacherTalkRatio", "openQuestions", "closedQuestions",
            ],
            ignoreOrder: true);
        Errors(new ResourceUseBody()).Keys.ShouldBe(["teacherId", "resourceId", "action", "occurredAt"], ignoreOrder: true);
        Errors(new CommunityActivityBody()).Keys.ShouldBe(["teacherId", "kind", "forum", "occurredAt"], ignoreOrder: true);
    }

    [Fact]
    public void Bounds_are_inclusive()
    {
        Errors(Session with
        {
            DurationSeconds = 0,
            StudentCount = 0,
            CiqScore = 0,
            EquityScore = 0,
            WaitTimeSeconds = 0,
            StudentEngagement = 0,
            TeacherTalkRatio = 0,
            OpenQuestions = 0,
            ClosedQuestions = 0,
            StartedAt = InstantRule.Recorded.From,
        }).ShouldBeEmpty();
        Errors(Session with
        {
            DurationSeconds = 86_400,
            StudentCount = int.MaxValue,
            CiqScore = 100,
            EquityScore = 100,
            WaitTimeSeconds = 9_999.99m,
            StudentEngagement = 100,
            TeacherTalkRatio = 1,
            OpenQuestions = int.MaxValue,
            ClosedQuestions = int.MaxValue,
            StartedAt = InstantRule.Recorded.Until.AddTicks(-10),
        }).ShouldBeEmpty();
    }

    [Fact]
    public void Every_wrong_field_of_a_session_is_named() => Errors(Session with
    {
        SessionId = "a b",
        TeacherId = "",
        Subject = " ",
        Grade = new string('x', 17),
        StartedAt = InstantRule.Recorded.Until,
        DurationSeconds = 86_401,
        StudentCount = -1,
        CiqScore = 100.01m,
        EquityScore = 0.001m,
        WaitTimeSeconds = 10_000,
        StudentEngagement = -1,
        TeacherTalkRatio = 0.00001m,
        OpenQuestions = -1,
        ClosedQuestions = -1,
    }).Keys.ShouldBe(
        [
            "sessionId", "teacherId", "subject", "grade", "startedAt", "durationSeconds", "studentCount", "ciqScore", "equityScore", "waitTimeSeconds",
            "studentEngagement", "teacherTalkRatio", "openQuestions", "closedQuestions",
        ],
        ignoreOrder: true);

    [Theory]
    [InlineData("rate", 1, true)]
    [InlineData("rate", 5, true)]
    [InlineData("rate", null, false)]
    [InlineData("rate", 0, false)]
    [InlineData("rate", 6, false)]
    [InlineData("view", null, true)]
    [InlineData("view", 3, false)]
    [InlineData("download", 3, false)]
    [InlineData("complete", 3, false)]
    [InlineData("share", 3, false)]
    public void Rating_belongs_to_rate(string action, int? rating, bool isAllowed)
    {
        string[] wrong = isAllowed ? [] : ["rating"];
        Errors(Use with { Action = action, Rating = rating }).Keys.ShouldBe(wrong);
    }

    [Fact]
    public void Of_an_action_that_is_none_the_action_is_named_and_what_there_is() =>
        Errors(Use with { Action = "Rate" })["action"].ShouldBe(["must be one of view, download, complete, share, rate"]);

    [Fact]
    public void Every_wrong_field_of_an_activity_is_named() =>
        Errors(Activity with { ActivityId = "a/b", Kind = "shout", Forum = new string('x', 101), OccurredAt = DateTime.MinValue }).Keys
            .ShouldBe(["activityId", "kind", "forum", "occurredAt"], ignoreOrder: true);

    private static CiqSessionBody Session => new()
    {
        TeacherId = "T1",
        Subject = "Math",
        Grade = "5",
        StartedAt = May,
        DurationSeconds = 2_700,
        StudentCount = 24,
        CiqScore = 71.25m,
        EquityScore = 64.5m,
        WaitTimeSeconds = 2.75m,
        StudentEngagement = 80,
        TeacherTalkRatio = 0.6125m,
        OpenQuestions = 12,
        ClosedQuestions = 30,
    };

    private static ResourceUseBody Use => new() { TeacherId = "T1", ResourceId = "R1", Action = "rate", Rating = 4, OccurredAt = May };

    private static CommunityActivityBody Activity => new() { TeacherId = "T1", Kind = "post", Forum = "Math", OccurredAt = May };

    private static IDictionary<string, string[]> Errors(IBatchBody body)
    {
        var errors = new FieldErrors();
        body.Validate(errors);
        return errors.Any ? Should.Throw<ProblemException>(errors.ThrowIfAny).Errors : new Dictionary<string, string[]>();
    }
}
