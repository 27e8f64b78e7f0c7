using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Disclosure;
using Andi.AnalyticsApi.Requests;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>What is told of a district's scores in a test of a year. The paths are school, grade and teacher of the score.</summary>
internal sealed record PublishedTest(string DistrictId, string SchoolYear, string TestId, Release Release)
{
    public const int School = 0;
    public const int Grade = 1;
    public const int Teacher = 2;

    /// <summary>The measure that every student has; the others are the test's dimensions.</summary>
    public const string Overall = "";
}

/// <summary>
/// Answers for a caller who may not see the students: the fields of the exact answers, with what docs/privacy.md lets through. Functions of releases alone.
/// </summary>
/// <param name="published">What is told of the districts that the question is about, one or more.</param>
/// <param name="tests">As they are now, by id.</param>
/// <param name="rule">The rule for the scale of a test.</param>
/// <param name="knows">Whom the caller knows anyway.</param>
internal sealed class ProtectedScores(
    IReadOnlyList<PublishedTest> published, IReadOnlyDictionary<string, Test> tests, Func<Test, GroupRule> rule, Func<PublishedTest, Knows?> knows)
{
    public const string SmallGroup = "small group";

    private readonly Dictionary<(string District, string Year, string Test, string Grade, string? School), double?> _averages = [];

    public IReadOnlyList<ClassroomScores> Classroom(Teacher teacher) =>
    [
        .. ByTest(path => path[PublishedTest.Teacher] == teacher.Id, withShares: true)
            .Select(found => Classroom(teacher, found.Year, found.Test, found.Figures)),
    ];

    public IReadOnlyList<SchoolGradeScores> School(string schoolId) =>
    [
        .. ByGrade(path => path[PublishedTest.School] == schoolId).Select(found => new SchoolGradeScores(
            found.Year, found.Test.Id, found.Test.Subject, found.Grade, found.Figures?.Count, null, null, null, Units(found.Figures?.Average),
            Units(found.Figures?.Median), Units(found.Figures?.Deviation), Reason(found.Figures))),
    ];

    public IReadOnlyList<DistrictGradeScores> District() =>
    [
        .. ByGrade(_ => true).Select(found => new DistrictGradeScores(
            found.Year, found.Test.Id, found.Test.Subject, found.Grade, found.Figures?.Count, null, null, null, Units(found.Figures?.Average),
            Units(found.Figures?.Median), Units(found.Figures?.LowerQuartile), Units(found.Figures?.UpperQuartile), Reason(found.Figures))),
    ];

    /// <summary>The schools of the districts. Those that are withheld are there without figures and, where that may be told, all together once more.</summary>
    /// <param name="name">Of a school; null where it is not known.</param>
    public IReadOnlyList<Compared> Schools(Func<string, string?> name) =>
        [.. Sets().SelectMany(set => Compare(set, set.Districts.SelectMany(one => SchoolsOf(one.Release)).Distinct(StringComparer.Ordinal), Contains, name))];

    /// <summary>As <see cref="Schools"/>, for the districts.</summary>
    public IReadOnlyList<Compared> Districts(Func<string, string?> name) =>
        [.. Sets().SelectMany(set => Compare(set, set.Districts.Select(one => one.DistrictId), (one, ids) => _ => ids.Contains(one.DistrictId), name))];

    /// <summary>Each test of each year, all grades together.</summary>
    public IReadOnlyList<ScoresOfYear> Years(Func<string[], bool> contains) =>
    [
        .. ByTest(contains).Select(found => new ScoresOfYear(
            found.Year, found.Test.Id, found.Test.Name, found.Test.Subject, found.Figures?.Count, Units(found.Figures?.Average), Units(found.Figures?.Median),
            Units(found.Figures?.Deviation), Reason(found.Figures))),
    ];

    /// <summary>The tests and grades of which something is told. What is withheld is left out, so that a list does not say that it is there.</summary>
    public IReadOnlyList<TestOfPlace> Told(Func<string[], bool> contains)
    {
        var grades = ByGrade(contains).Where(found => found.Figures is not null).ToLookup(found => (found.Year, found.Test.Id), found => found.Grade);
        return
        [
            .. from found in ByTest(contains)
               let told = grades[(found.Year, found.Test.Id)].ToList()
               where found.Figures is not null || told.Count > 0
               select new TestOfPlace(found.Year, found.Test.Id, found.Test.Name, found.Test.Subject, told),
        ];
    }

    public IReadOnlyList<DimensionScores> Dimensions(Func<string[], bool> contains) =>
    [
        .. from set in Sets()
           from dimension in set.Districts.SelectMany(one => one.Release.Measures).Where(measure => measure != PublishedTest.Overall)
               .Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance)
           let groups = set.Districts.Select(one => (One: one, Group: new Group(one.Release, contains))).Where(pair => pair.Group.Has(dimension)).ToList()
           where groups.Count > 0
           let figures = Tell(set, groups, dimension)
           select new DimensionScores(
               set.Year, set.Test.Id, dimension, figures?.Count, Units(figures?.Average), Units(figures?.Median), Reason(figures)),
    ];

    /// <summary>The average of a district's grade in a test of a year; null where it is withheld.</summary>
    /// <param name="schoolId">Of the grade in this school; null for the whole district.</param>
    public double? Average(string districtId, string year, string testId, string grade, string? schoolId)
    {
        var (key, known) = ((districtId, year, testId, grade, schoolId), _averages);
        if (!known.TryGetValue(key, out var average))
        {
            known.Add(key, average = Sets().Where(set => set.Year == year && set.Test.Id == testId)
                .Select(set => Units(Tell(set, Existing(set, one => path => one.DistrictId == districtId && IsOf(path)), PublishedTest.Overall)?.Average))
                .FirstOrDefault());
        }

        return average;

        bool IsOf(string[] path) => path[PublishedTest.Grade] == grade && (schoolId is null || path[PublishedTest.School] == schoolId);
    }

    private static double? Units(double? value) => value / ScoreCounts.Scale;

    private static string? Reason(Figures? figures) => figures is null ? SmallGroup : null;

    private static Func<string[], bool> Contains(PublishedTest _, IReadOnlySet<string> schools) => path => schools.Contains(path[PublishedTest.School]);

    private static IEnumerable<string> SchoolsOf(Release release) => release.Blocks.SelectMany(block => block.Atoms)
        .Concat(release.Waiting.Where(atom => atom.Since is null).Select(atom => atom.Atom)).Select(atom => release.Atoms[atom][PublishedTest.School]);

    private static ClassroomScores Classroom(Teacher teacher, string year, Test test, Figures? figures)
    {
        // The bands stand highest first; the ranges ascend.
        var shares = figures?.Shares.Reverse().ToList();
        return new(
            teacher.Id, teacher.Name, teacher.SchoolId, test.Id, test.Subject, year, figures?.Count, null, null, null, Units(figures?.Average), null,
            Units(figures?.Median), null, null, Units(figures?.Deviation),
            [
                .. test.Bands.Select((band, place) =>
                    new BandCount(band.Name, band.From, null, shares is null ? null : new(shares[place].Low, shares[place].High))),
            ],
            null, null, null, null, Reason(figures));
    }

    private IEnumerable<Compared> Compare(
        TestOfYear set, IEnumerable<string> places, Func<PublishedTest, IReadOnlySet<string>, Func<string[], bool>> contains, Func<string, string?> name)
    {
        var withheld = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in places)
        {
            var figures = Of(new HashSet<string>(StringComparer.Ordinal) { place });
            if (figures is null)
            {
                withheld.Add(place);
            }

            yield return Item(place, name(place), figures);
        }

        if (withheld.Count > 1 && Of(withheld) is { } together)
        {
            yield return Item(null, "All that are withheld", together);
        }

        Figures? Of(HashSet<string> ids) => Tell(set, Existing(set, one => contains(one, ids)), PublishedTest.Overall);

        Compared Item(string? id, string? called, Figures? figures) => new(
            id, called, set.Year, set.Test.Id, set.Test.Subject, figures?.Count, Units(figures?.Average), Units(figures?.Median), Reason(figures));
    }

    private IEnumerable<(string Year, Test Test, string Grade, Figures? Figures)> ByGrade(Func<string[], bool> contains) =>
        from set in Sets()
        from grade in set.Districts.SelectMany(one => one.Release.Atoms).Where(contains).Select(path => path[PublishedTest.Grade])
            .Distinct(StringComparer.Ordinal)
            .Order(GradeOrder.Instance)
        let groups = Existing(set, _ => path => contains(path) && path[PublishedTest.Grade] == grade)
        where groups.Count > 0
        select (set.Year, set.Test, grade, Tell(set, groups, PublishedTest.Overall));

    private IEnumerable<(string Year, Test Test, Figures? Figures)> ByTest(Func<string[], bool> contains, bool withShares = false) =>
        from set in Sets()
        let groups = Existing(set, _ => contains)
        where groups.Count > 0
        select (set.Year, set.Test, Tell(set, groups, PublishedTest.Overall, withShares));

    private static List<(PublishedTest One, Group Group)> Existing(TestOfYear set, Func<PublishedTest, Func<string[], bool>> contains) =>
        [.. set.Districts.Select(one => (One: one, Group: new Group(one.Release, contains(one)))).Where(pair => pair.Group.Exists)];

    private Figures? Tell(TestOfYear set, IReadOnlyCollection<(PublishedTest One, Group Group)> groups, string measure, bool withShares = false) => Group.Of(
        groups.Select(pair => (pair.Group, knows(pair.One))).ToList(), measure, rule(set.Test),
        withShares ? [.. set.Test.Bands.Select(band => (int)(band.From * ScoreCounts.Scale)).Order()] : []);

    private IEnumerable<TestOfYear> Sets() => published.Where(one => tests.ContainsKey(one.TestId))
        .GroupBy(one => (one.SchoolYear, one.TestId))
        .OrderBy(set => set.Key.SchoolYear, Utf8Order.Instance).ThenBy(set => set.Key.TestId, Utf8Order.Instance)
        .Select(set => new TestOfYear(set.Key.SchoolYear, tests[set.Key.TestId], [.. set]));

    private sealed record TestOfYear(string Year, Test Test, IReadOnlyList<PublishedTest> Districts);
}
