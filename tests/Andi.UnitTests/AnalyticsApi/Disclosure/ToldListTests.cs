using Andi.AnalyticsApi.Areas.Assessments;
using Andi.AnalyticsApi.Disclosure;
using Andi.ChangeEvents;

namespace Andi.UnitTests.AnalyticsApi.Disclosure;

/// <summary>What is listed to choose from is what has figures: nothing is listed of which nothing is told.</summary>
public sealed class ToldListTests
{
    [Fact]
    public void Tests_and_grades_are_listed_where_they_have_figures_and_only_there()
    {
        var (listed, left) = (0, 0);
        for (var seed = 1; seed <= 40; seed++)
        {
            var district = new SmallDistrict(seed);
            var rule = new GroupRule(district.Minimum, 0, 1_000_000);
            var release = NextRelease.Of(null, district.Rows, new Position(1, 0), rule);
            var scores = new ProtectedScores(
                [new PublishedTest("D1", "2025-2026", Observer.Test.Id, release)], new Dictionary<string, Test> { [Observer.Test.Id] = Observer.Test },
                _ => rule, _ => null);
            foreach (var school in district.Paths.Select(path => path[0]).Distinct())
            {
                var told = scores.Told(path => path[0] == school);
                var grades = scores.School(school);
                var whole = scores.Years(path => path[0] == school);
                told.SelectMany(test => test.Grades).ShouldBe(grades.Where(grade => grade.Suppressed is null).Select(grade => grade.Grade), $"seed {seed}");
                told.Count.ShouldBe(whole.Any(test => test.Suppressed is null) || grades.Any(grade => grade.Suppressed is null) ? 1 : 0, $"seed {seed}");
                told.ShouldAllBe(test => test.TestId == "X1" && test.TestName == "Spring math" && test.Subject == "math" && test.SchoolYear == "2025-2026");
                listed += told.Count;
                left += whole.Count - told.Count;
            }
        }

        (listed > 10 && left > 10).ShouldBeTrue($"{listed} listed, {left} left out: districts of both kinds are needed");
    }
}
