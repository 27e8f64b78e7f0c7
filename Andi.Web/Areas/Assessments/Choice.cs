namespace Andi.Web.Areas.Assessments;

/// <summary>What the address of a page asks for; null: whatever is the newest and the first.</summary>
public sealed record Asked(string? SchoolYear, string? Subject, string? TestId, string? Grade = null);

/// <summary>Which test of which year a page shows, and what else there is to pick.</summary>
/// <param name="Test">Null where the year has none of what was asked for.</param>
/// <param name="Grade">Null for all grades together.</param>
/// <param name="Years">The newest first.</param>
/// <param name="Subjects">Of the year.</param>
/// <param name="Tests">Of the year and the subject.</param>
/// <param name="Newest">Where there is no test: the newest that would answer.</param>
public sealed record Choice(
    string SchoolYear, string? Subject, TestOfPlace? Test, string? Grade, IReadOnlyList<string> Years, IReadOnlyList<string> Subjects,
    IReadOnlyList<TestOfPlace> Tests, TestOfPlace? Newest)
{
    /// <summary>Null where there is no test at all.</summary>
    /// <param name="tests">What the place has, in any order.</param>
    public static Choice? Of(IReadOnlyList<TestOfPlace> tests, Asked asked)
    {
        if (tests.Count == 0)
        {
            return null;
        }

        var years = tests.Select(test => test.SchoolYear).Distinct().OrderDescending(StringComparer.Ordinal).ToList();
        var year = string.IsNullOrEmpty(asked.SchoolYear) ? years[0] : asked.SchoolYear;
        var ofYear = tests.Where(test => test.SchoolYear == year).OrderBy(test => test.TestId, StringComparer.Ordinal).ToList();
        var subjects = ofYear.Select(test => test.Subject).OfType<string>().Distinct().Order(StringComparer.CurrentCulture).ToList();
        var subject = subjects.Contains(asked.Subject!) ? asked.Subject : null;
        var ofSubject = ofYear.Where(test => subject is null || test.Subject == subject).ToList();
        var test = ofSubject.Find(one => one.TestId == asked.TestId)
            ?? (string.IsNullOrEmpty(asked.TestId) || ofYear.Exists(one => one.TestId == asked.TestId) ? ofSubject.FirstOrDefault() : null);
        var newest = test is not null ? null
            : tests.Where(one => one.TestId == asked.TestId).MaxBy(one => one.SchoolYear, StringComparer.Ordinal)
                ?? tests.MaxBy(one => one.SchoolYear, StringComparer.Ordinal);
        var grade = test?.Grades.Contains(asked.Grade!) == true ? asked.Grade : null;
        return new(year, subject, test, grade, years, subjects, ofSubject, newest);
    }
}
