using Microsoft.Extensions.Localization;

namespace Andi.Web.Areas.Assessments;

/// <summary>The grades of a place as groups.</summary>
internal static class GradeGroups
{
    /// <param name="years">The grades in all years; null where they are not known.</param>
    /// <param name="before">The year that changes are since; null where there is none.</param>
    public static IReadOnlyList<Group> Of(
        IEnumerable<GradeScores> grades, TestOfPlace test, IReadOnlyList<GradeScores>? years, string? before, IStringLocalizer<AssessmentsTexts> text) =>
    [
        .. from grade in grades
           where grade.TestId == test.TestId && grade.SchoolYear == test.SchoolYear
           select new Group(
               grade.Grade, text["GradeNamed", grade.Grade], grade.StudentCount, grade.AvgScore, grade.MedianScore,
               Interval.Of(grade.AvgScore, grade.ScoreStdDev, grade.StudentCount),
               years?.FirstOrDefault(other => other.SchoolYear == before && other.Grade == grade.Grade)?.AvgScore),
    ];

    /// <summary>A count over the grades that are picked; null where it is not told of each.</summary>
    public static long? Sum(IReadOnlyList<GradeScores>? grades, Choice? choice, Func<GradeScores, long?> count)
    {
        var picked = (grades ?? []).Where(grade => grade.TestId == choice?.Test?.TestId && grade.SchoolYear == choice.SchoolYear
            && (choice.Grade is null || grade.Grade == choice.Grade)).ToList();
        return picked.Count > 0 && picked.TrueForAll(grade => count(grade) is not null) ? picked.Sum(count) : null;
    }
}

/// <summary>Values that charts mark, where there are any.</summary>
internal static class Marks
{
    public static IReadOnlyList<(string Name, double Value)> Of(params (string Name, double? Value)[] marks) =>
        [.. marks.Where(mark => mark.Value is not null).Select(mark => (mark.Name, mark.Value!.Value))];

    public static (string Name, double Value)? Between(string name, double? value) => value is { } known ? (name, known) : null;
}
