using System.Globalization;
using System.Text;
using Andi.Cli.Seed;
using Andi.Cli.Seed.Schools;

namespace Andi.UnitTests.Cli;

public sealed class AssessmentsSeedTests
{
    private const int Students = 2_000;

    [Fact]
    public void Same_seed_gives_the_same_bytes_and_another_one_others()
    {
        Hash(1).ShouldBe(Hash(1));
        Hash(2).ShouldNotBe(Hash(1));
    }

    [Fact]
    public void Row_does_not_depend_on_those_before_it()
    {
        var scores = File("scores");
        var (alone, after) = (new CsvBuffer(), new CsvBuffer());
        scores.Write(7_777, after);
        after.Clear();
        scores.Write(12_345, after);
        File("scores").Write(12_345, alone);
        Encoding.UTF8.GetString(alone.Written.Span).ShouldBe(Encoding.UTF8.GetString(after.Written.Span));
    }

    [Fact]
    public void Everything_refers_to_what_comes_before_it()
    {
        Rows("schools").Select(row => row["districtId"]).ShouldBeSubsetOf(Ids("districts", "districtId"));
        Rows("teachers").Select(row => row["schoolId"]).ShouldBeSubsetOf(Ids("schools", "schoolId"));
        Rows("students").Select(row => row["schoolId"]).ShouldBeSubsetOf(Ids("schools", "schoolId"));
        var scores = Rows("scores");
        scores.Select(row => row["studentId"]).Distinct().ShouldBeSubsetOf(Ids("students", "studentId"));
        scores.Select(row => row["teacherId"]).Distinct().ShouldBeSubsetOf(Ids("teachers", "teacherId"));
        scores.Select(row => row["testId"]).Distinct().ShouldBe(Ids("tests", "testId"), ignoreOrder: true);
    }

    [Fact]
    public void Classroom_has_about_25_students_of_one_school_and_a_student_about_nine_scores()
    {
        var system = new SchoolSystem(Students, 1);
        system.Classrooms.SkipLast(1).ShouldAllBe(classroom => classroom.Students >= 22 && classroom.Students <= 28);
        system.Classrooms.Sum(classroom => classroom.Students).ShouldBe(Students);
        Enumerable.Range(0, Students).All(student => Contains(system.Classrooms[system.ClassroomOf(student)], student)).ShouldBeTrue();

        var scores = Rows("scores");
        scores.DistinctBy(row => (row["studentId"], row["testId"], row["schoolYear"])).Count().ShouldBe(scores.Count);
        (scores.Count / (double)Students).ShouldBeInRange(8.7, 8.95);
        scores.GroupBy(row => row["studentId"]).ShouldAllBe(own => own.Select(row => row["teacherId"]).Distinct().Count() == 1);

        static bool Contains(SchoolSystem.Classroom classroom, int student) =>
            student >= classroom.FirstStudent && student < classroom.FirstStudent + classroom.Students;
    }

    [Fact]
    public void Scores_are_in_range_in_halves_and_spread_as_scores_are()
    {
        var scores = Scored();
        var overall = scores.ConvertAll(Percent);
        overall.ShouldAllBe(score => score >= 0 && score <= 100 && score * 2 == Math.Floor(score * 2));
        overall.Average().ShouldBeInRange(65, 80);
        foreach (var (from, to) in new[] { (0m, 70m), (70m, 80m), (80m, 90m), (90m, 101m) })
        {
            (overall.Count(score => score >= from && score < to) / (double)overall.Count).ShouldBeGreaterThan(0.03);
        }

        var dimensions = scores.ConvertAll(row => row.Where(cell => cell.Key.StartsWith("dimension:") && cell.Value.Length > 0).ToList());
        dimensions.ShouldAllBe(own => own.Count >= 3 && own.Count <= 4);
        dimensions.SelectMany(own => own).Select(cell => Number(cell.Value)).ShouldAllBe(score => score >= 0 && score <= 300);
    }

    [Fact]
    public void One_sitting_in_a_hundred_has_no_score_and_says_why()
    {
        var without = Rows("scores").Where(row => row["status"] != "scored").ToList();
        without.Select(row => row["status"]).Distinct().ShouldBe(["absent", "exempt"], ignoreOrder: true);
        without.SelectMany(row => row.Where(cell => cell.Key == "overallScore" || cell.Key == "overallPerformanceLevel" || cell.Key.StartsWith("dimension:")))
            .ShouldAllBe(cell => cell.Value == "");
        (without.Count / (9.0 * Students)).ShouldBeInRange(0.007, 0.013);
    }

    [Fact]
    public void Scores_lie_on_the_scale_of_their_test()
    {
        var tests = Rows("tests").ToDictionary(row => row["testId"]);
        Scored().TrueForAll(row => Fits(Number(row["overallScore"]), tests[row["testId"]])).ShouldBeTrue();

        static bool Fits(decimal score, Dictionary<string, string> test) => score >= Number(test["minScore"]) && score <= Number(test["maxScore"])
            && decimal.Round(score, int.Parse(test["decimals"], CultureInfo.InvariantCulture)) == score;
    }

    [Fact]
    public void Schools_differ_more_than_chance()
    {
        var school = Rows("students").ToDictionary(row => row["studentId"], row => row["schoolId"]);
        var averages = Scored().GroupBy(row => school[row["studentId"]]).Select(own => own.Average(row => (double)Percent(row))).ToList();
        (averages.Max() - averages.Min()).ShouldBeGreaterThan(2);
    }

    [Fact]
    public void Three_in_a_hundred_scores_are_corrected_to_another_value()
    {
        var scores = Rows("scores").ToDictionary(row => (row["studentId"], row["testId"], row["schoolYear"]));
        var corrections = Rows("corrections");
        (corrections.Count / (double)scores.Count).ShouldBeInRange(0.02, 0.04);
        corrections.TrueForAll(row => Changes(scores[(row["studentId"], row["testId"], row["schoolYear"])], row)).ShouldBeTrue();

        static bool Changes(Dictionary<string, string> before, Dictionary<string, string> after) =>
            before["overallScore"] != after["overallScore"] && before["teacherId"] == after["teacherId"] && before["testDate"] == after["testDate"];
    }

    private static List<Dictionary<string, string>> Scored() => [.. Rows("scores").Where(row => row["status"] == "scored")];

    // Reading is on a scale from 100 to 300.
    private static decimal Percent(Dictionary<string, string> row) =>
        row["testId"] == "READ" ? (Number(row["overallScore"]) - 100) / 2 : Number(row["overallScore"]);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static SeedFile File(string title) => SeedReading.SchoolsAndScores.File(title, Students);

    private static List<Dictionary<string, string>> Rows(string title) => File(title).Rows();

    private static List<string> Ids(string title, string column) => Rows(title).ConvertAll(row => row[column]);

    private static string Hash(ulong seed) => SeedReading.SchoolsAndScores.Hash(500, seed);
}
