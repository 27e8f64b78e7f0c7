namespace Andi.Web.Areas.Assessments;

/// <summary>A student of a classroom in a test of a year.</summary>
public sealed record RosterStudent(
    string? ScoreId, string StudentId, string? StudentName, string Status, double? OverallScore, double? ClassroomAvg, double? SchoolAvg, double? DistrictAvg)
{
    public string Name => StudentName ?? StudentId;
}

/// <summary>A student's row beside what the student had before.</summary>
/// <param name="Before">Null where there is no score that can be compared.</param>
public sealed record RosterRow(RosterStudent Student, RecordedScore? Before)
{
    /// <summary>Points since then.</summary>
    public double? Change => Student.OverallScore - Before?.OverallScore;
}

/// <summary>What stands out in a classroom.</summary>
internal static class Roster
{
    /// <summary>Points that a student must have lost to be told of.</summary>
    public const double Loss = 10;

    private const int Smallest = 10;
    private const double Deviations = 2;

    public static IReadOnlyList<RosterRow> Rows(IEnumerable<RosterStudent> students, IReadOnlyDictionary<string, RecordedScore> before) =>
        [.. students.Select(student => new RosterRow(student, before.GetValueOrDefault(student.StudentId)))];

    /// <summary>Who lost more than ten points, the greatest loss first.</summary>
    public static IReadOnlyList<RosterRow> Losses(IEnumerable<RosterRow> rows) => [.. rows.Where(row => row.Change < -Loss).OrderBy(row => row.Change)];

    /// <summary>Who is more than two standard deviations from the class, the furthest first; nobody in a class of fewer than ten.</summary>
    public static IReadOnlyList<RosterRow> Outliers(IReadOnlyCollection<RosterRow> rows)
    {
        var scores = rows.Select(row => row.Student.OverallScore).OfType<double>().ToList();
        if (scores.Count < Smallest)
        {
            return [];
        }

        var average = scores.Average();
        var deviation = Math.Sqrt(scores.Average(score => (score - average) * (score - average)));
        return deviation == 0 ? []
            : [.. rows.Where(row => Math.Abs(row.Student.OverallScore - average ?? 0) > Deviations * deviation)
                .OrderByDescending(row => Math.Abs(row.Student.OverallScore!.Value - average))];
    }

    /// <summary>By name, score or change; - before it turns it round. Those without a value are last.</summary>
    public static IReadOnlyList<RosterRow> Sorted(IReadOnlyList<RosterRow> rows, string? sort)
    {
        var isDescending = sort?.StartsWith('-') == true;
        Func<RosterRow, double?>? number = sort?.TrimStart('-') switch
        {
            "score" => row => row.Student.OverallScore,
            "change" => row => row.Change,
            _ => null,
        };
        if (number is null)
        {
            var named = rows.OrderBy(row => row.Student.Name, StringComparer.CurrentCulture);
            return isDescending ? [.. named.Reverse()] : [.. named];
        }

        var last = rows.OrderBy(row => number(row) is null);
        return isDescending ? [.. last.ThenByDescending(number)] : [.. last.ThenBy(number)];
    }
}
