using System.Globalization;
using System.Text;
using Andi.Cli.Seed;
using Andi.Oltp.Areas.Coaching;
using Andi.Oltp.Validation;

namespace Andi.UnitTests.Cli;

public sealed class CoachingSeedTests
{
    private const int Students = 5_000;

    [Fact]
    public void Same_seed_gives_the_same_bytes_and_another_one_others()
    {
        var seed = SeedReading.Coaching;
        seed.Hash(500, 1).ShouldBe(seed.Hash(500, 1));
        seed.Hash(500, 2).ShouldNotBe(seed.Hash(500, 1));
    }

    [Fact]
    public void Everything_refers_to_what_comes_before_it()
    {
        var teachers = SeedReading.SchoolsAndScores.File("teachers", Students).Rows().ConvertAll(row => row["teacherId"]);
        foreach (var title in new[] { "ciq sessions", "session corrections", "resource usage", "community activity" })
        {
            Rows(title).Select(row => row["teacherId"]).Distinct().ShouldBeSubsetOf(teachers);
        }

        var resources = Rows("resources").ConvertAll(row => row["resourceId"]);
        resources.Distinct().Count().ShouldBe(resources.Count);
        Rows("resource usage").Select(row => row["resourceId"]).Distinct().ShouldBeSubsetOf(resources);
    }

    [Fact]
    public void Every_row_keeps_the_rules()
    {
        foreach (var row in Rows("ciq sessions").Concat(Rows("session corrections")))
        {
            Check(errors => new CiqSessionBody
            {
                SessionId = row["sessionId"],
                TeacherId = row["teacherId"],
                Subject = row["subject"],
                Grade = row["grade"],
                StartedAt = Instant(row["startedAt"]),
                DurationSeconds = Whole(row["durationSeconds"]),
                StudentCount = Whole(row["studentCount"]),
                CiqScore = Number(row["ciqScore"]),
                EquityScore = Number(row["equityScore"]),
                WaitTimeSeconds = Number(row["waitTimeSeconds"]),
                StudentEngagement = Number(row["studentEngagement"]),
                TeacherTalkRatio = Number(row["teacherTalkRatio"]),
                OpenQuestions = Whole(row["openQuestions"]),
                ClosedQuestions = Whole(row["closedQuestions"]),
            }.Validate(errors));
        }

        foreach (var row in Rows("resource usage"))
        {
            Check(errors => new ResourceUseBody
            {
                UsageId = row["usageId"],
                TeacherId = row["teacherId"],
                ResourceId = row["resourceId"],
                Action = row["action"],
                DurationSeconds = Optional(row["durationSeconds"]),
                Rating = Optional(row["rating"]),
                OccurredAt = Instant(row["occurredAt"]),
            }.Validate(errors));
        }

        foreach (var row in Rows("community activity"))
        {
            Check(errors => new CommunityActivityBody
            {
                ActivityId = row["activityId"],
                TeacherId = row["teacherId"],
                Kind = row["kind"],
                Forum = row["forum"],
                OccurredAt = Instant(row["occurredAt"]),
            }.Validate(errors));
        }

        static void Check(Action<FieldErrors> validate)
        {
            var errors = new FieldErrors();
            validate(errors);
            Should.NotThrow(errors.ThrowIfAny);
        }
    }

    [Fact]
    public void Ids_are_unique_and_times_are_those_of_school_days()
    {
        var sessions = Rows("ciq sessions");
        sessions.DistinctBy(row => row["sessionId"]).Count().ShouldBe(sessions.Count);
        sessions.Select(row => Instant(row["startedAt"]))
            .ShouldAllBe(at => at.DayOfWeek != DayOfWeek.Saturday && at.DayOfWeek != DayOfWeek.Sunday && at.Hour >= 13 && at.Hour < 21);
        sessions.Select(row => Instant(row["startedAt"]).Year).Distinct().Order().ShouldBe([2023, 2024, 2025, 2026]);
    }

    [Fact]
    public void Teachers_take_it_up_one_after_the_other_and_some_end()
    {
        var months = Rows("ciq sessions").GroupBy(row => row["teacherId"]).Select(own => own.Select(row => row["startedAt"][..7]).Order().ToList()).ToList();
        var teachers = SeedReading.SchoolsAndScores.File("teachers", Students).Rows().Count;
        months.Count.ShouldBeInRange(teachers * 75 / 100, teachers * 97 / 100);
        months.Count(own => string.CompareOrdinal(own[0], "2023-10") < 0).ShouldBeInRange(teachers * 25 / 100, teachers * 60 / 100);
        months.Select(own => own[0]).Distinct().Count().ShouldBeGreaterThan(8);
        months.Count(own => string.CompareOrdinal(own[^1], "2026-01") < 0).ShouldBeInRange(teachers * 5 / 100, teachers * 35 / 100);
    }

    [Fact]
    public void Waiting_grows_with_practice_and_goes_with_the_score()
    {
        var sessions = Rows("ciq sessions");
        var (first, last) = (sessions.Where(row => row["startedAt"].StartsWith("2023-09")).ToList(), sessions.Where(row => row["startedAt"].StartsWith("2026-"))
            .ToList());
        (Average(last, "waitTimeSeconds") - Average(first, "waitTimeSeconds")).ShouldBeGreaterThan(0.5m);
        var waiting = sessions.Where(row => Number(row["waitTimeSeconds"]) > 3).ToList();
        var hurrying = sessions.Where(row => Number(row["waitTimeSeconds"]) < 2).ToList();
        (Average(waiting, "ciqScore") - Average(hurrying, "ciqScore")).ShouldBeGreaterThan(3);
        (Average(waiting, "studentEngagement") - Average(hurrying, "studentEngagement")).ShouldBeGreaterThan(5);

        static decimal Average(List<Dictionary<string, string>> rows, string field) => rows.Average(row => Number(row[field]));
    }

    [Fact]
    public void Three_in_a_hundred_sessions_are_corrected_to_another_score()
    {
        var sessions = Rows("ciq sessions").ToDictionary(row => row["sessionId"]);
        var corrections = Rows("session corrections");
        (corrections.Count / (double)sessions.Count).ShouldBeInRange(0.02, 0.04);
        corrections.TrueForAll(row => Differ(sessions[row["sessionId"]], row).SequenceEqual(["ciqScore"])).ShouldBeTrue();

        static IEnumerable<string> Differ(Dictionary<string, string> before, Dictionary<string, string> after) =>
            before.Keys.Where(field => before[field] != after[field]);
    }

    [Fact]
    public void All_actions_kinds_and_ratings_occur_and_a_rating_with_rate_alone()
    {
        var usage = Rows("resource usage");
        usage.Select(row => row["action"]).Distinct().ShouldBe(["view", "download", "complete", "share", "rate"], ignoreOrder: true);
        usage.ShouldAllBe(row => (row["action"] == "rate") == (row["rating"].Length > 0));
        usage.Select(row => row["rating"]).Where(rating => rating.Length > 0).Distinct().Count().ShouldBeGreaterThanOrEqualTo(4);
        Rows("community activity").Select(row => row["kind"]).Distinct().ShouldBe(["post", "reply", "like", "share", "mentor"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(0, 2, "0.00")]
    [InlineData(5, 2, "0.05")]
    [InlineData(8525, 2, "85.25")]
    [InlineData(6_125, 4, "0.6125")]
    [InlineData(10_000, 4, "1.0000")]
    public void Numbers_of_fixed_places(int units, int decimalPlaces, string text)
    {
        var csv = new CsvBuffer();
        csv.Fixed(units, decimalPlaces);
        Encoding.UTF8.GetString(csv.Written.Span).ShouldBe(text);
    }

    private static List<Dictionary<string, string>> Rows(string title) => SeedReading.Coaching.File(title, Students).Rows();

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int? Optional(string text) => text.Length == 0 ? null : Whole(text);

    private static DateTime Instant(string text)
    {
        UtcInstant.TryRead(Encoding.UTF8.GetBytes(text), out var instant).ShouldBeTrue();
        return instant;
    }
}
