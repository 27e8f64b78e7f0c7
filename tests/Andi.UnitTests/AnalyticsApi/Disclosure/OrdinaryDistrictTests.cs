using Andi.AnalyticsApi.Areas.Assessments;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Disclosure;
using Andi.ChangeEvents;

namespace Andi.UnitTests.AnalyticsApi.Disclosure;

/// <summary>How much is told of districts as they are: 12 schools with three grades of two or three classrooms of 18 to 28, one of twelve of 3 to 8.</summary>
public sealed class OrdinaryDistrictTests(ITestOutputHelper output)
{
    [Fact]
    public void Most_of_an_ordinary_district_is_told()
    {
        var (classrooms, grades, schools, districtGrades) = (new Share(), new Share(), new Share(), new Share());
        for (var seed = 1; seed <= 10; seed++)
        {
            var rows = Rows(new Random(seed));
            var rule = new GroupRule(10, 0, 1_000_000);
            var release = NextRelease.Of(null, rows, new Position(1, 0), rule);
            var scores = new ProtectedScores(
                [new PublishedTest("D1", "2025-2026", "X1", release)], new Dictionary<string, Test> { ["X1"] = Observer.Test }, _ => rule, _ => null);
            classrooms.Add(
                rows.Select(row => row.Path[2]).Distinct().SelectMany(id => scores.Classroom(new Teacher(id, id, ""))).Select(row => row.Suppressed));
            grades.Add(rows.Select(row => row.Path[0]).Distinct().SelectMany(scores.School).Select(row => row.Suppressed));
            schools.Add(scores.Schools(id => id).Where(row => row.Id is not null).Select(row => row.Suppressed));
            districtGrades.Add(scores.District().Select(row => row.Suppressed));
            scores.Districts(id => id).ShouldHaveSingleItem().TotalStudents.ShouldBe(rows.Count);
        }

        output.WriteLine($"told: classrooms {classrooms}, grades of schools {grades}, schools {schools}, grades of districts {districtGrades}");
        classrooms.Told.ShouldBeGreaterThan(0.75);
        grades.Told.ShouldBeGreaterThan(0.9);
        schools.Told.ShouldBeGreaterThan(0.9);
        districtGrades.Told.ShouldBeGreaterThan(0.9);
    }

    private static List<LiveRow> Rows(Random random)
    {
        var rows = new List<LiveRow>();
        for (var school = 0; school < 12; school++)
        {
            for (var grade = 3; grade < 6; grade++)
            {
                for (var teacher = random.Next(2, 4); teacher > 0; teacher--)
                {
                    var size = random.Next(12) == 0 ? random.Next(3, 9) : random.Next(18, 29);
                    for (var student = 0; student < size; student++)
                    {
                        var score = Math.Clamp(random.Next(40, 90) + random.Next(-15, 16), 0, 100) * 10_000;
                        rows.Add(new LiveRow(
                            (ulong)rows.Count, [$"C{school}", $"{grade}", $"T{school}-{grade}-{teacher}"], new Dictionary<string, int> { [""] = score }));
                    }
                }
            }
        }

        return rows;
    }

    private sealed class Share
    {
        private int _all;
        private int _told;

        public double Told => _told / (double)_all;

        public void Add(IEnumerable<string?> reasons)
        {
            foreach (var reason in reasons)
            {
                _all++;
                _told += reason is null ? 1 : 0;
            }
        }

        public override string ToString() => $"{_told} of {_all}";
    }
}
