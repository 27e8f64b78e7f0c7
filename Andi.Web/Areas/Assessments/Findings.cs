using Andi.Web.Layout;
using Microsoft.Extensions.Localization;

namespace Andi.Web.Areas.Assessments;

/// <summary>Sentences about what is remarkable of a place's scores, with the numbers in them.</summary>
/// <param name="level"><c>classroom</c>, <c>school</c>, <c>district</c> or <c>state</c>.</param>
internal sealed class Findings(IStringLocalizer<AssessmentsTexts> text, string level)
{
    /// <summary>What the figures are of: the test, and the grade where one is picked.</summary>
    public string Named(TestOfPlace test, string? grade)
    {
        var name = test.TestName ?? test.TestId;
        return grade is null ? name : $"{name}, {text["GradeNamed", grade]}";
    }

    /// <summary>How the place stands against the one it lies in.</summary>
    /// <param name="own">Null where it is withheld.</param>
    /// <param name="above">Null where it is not told, or there is none.</param>
    public string Standing(string test, string year, double? own, double? above)
    {
        if (own is not { } average)
        {
            return text[$"Withheld_{level}", test, year];
        }

        if (above is not { } other)
        {
            return text[$"Alone_{level}", test, year, Figures.Average(average)];
        }

        var difference = average - other;
        var side = difference > 0 ? "Above" : "Below";
        return IsNothing(difference)
            ? text[$"Level_{level}", test, year, Figures.Average(average)]
            : text[$"{side}_{level}", test, year, Points(difference), Figures.Average(average), Figures.Average(other)];
    }

    /// <summary>How a student stands in the class.</summary>
    /// <param name="average">Of the class; null where it is not told.</param>
    public string OfStudent(string test, string year, string name, double score, double? average) => average is not { } other
        ? text["StudentAlone", test, year, name, Figures.Score(score)]
        : IsNothing(score - other) ? text["StudentLevel", test, year, name, Figures.Score(score)]
        : text[score > other ? "StudentAbove" : "StudentBelow", test, year, name, Figures.Score(score), Points(score - other), Figures.Average(other)];

    /// <summary>What became of the average since the year before; null where there is none.</summary>
    /// <param name="years">Averages by year, the oldest first, of which the last is the one that is told of.</param>
    public string? Change(IReadOnlyList<(string Year, double? Average)> years)
    {
        var known = years.Where(year => year.Average is not null).ToList();
        if (known.Count < 2 || known[^1] != years[^1])
        {
            return null;
        }

        var changes = known.Zip(known.Skip(1), (one, next) => next.Average!.Value - one.Average!.Value).ToList();
        var (before, change) = (known[^2].Year, changes[^1]);
        if (IsNothing(change))
        {
            return text["Unchanged", before];
        }

        var most = changes.Count > 1 && changes.SkipLast(1).All(other => Math.Abs(other) < Math.Abs(change)) ? "Most" : "";
        var way = change > 0 ? "Rose" : "Fell";
        return text[$"{way}{most}", before, Points(change)];
    }

    /// <summary>How far groups are apart; null where there are not two that can be compared.</summary>
    /// <param name="kind">What the groups are: <c>grades</c>, <c>schools</c>, <c>districts</c> or <c>classrooms</c>.</param>
    public string? Widest(string kind, Gap? gap) => gap is null || IsNothing(gap.Points) ? null
        : string.Join(' ', new[]
        {
            text[$"Widest_{kind}", Points(gap.Points), gap.High.Name, Figures.Average(gap.High.Average), gap.Low.Name, Figures.Average(gap.Low.Average)].Value,
            gap.IsClear == false ? text["MayBeChance"].Value : null,
        }.OfType<string>());

    /// <summary>A number of points, without its sign.</summary>
    public string Points(double value)
    {
        var rounded = Math.Round(Math.Abs(value), 1);
        return text[rounded == 1 ? "Points_one" : "Points_other", Figures.Score(rounded)];
    }

    private static bool IsNothing(double difference) => Math.Round(difference, 1) == 0;
}
