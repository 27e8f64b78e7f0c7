using System.Collections.Immutable;

namespace Andi.FaultCampaign.Comparison;

/// <summary>An order that a paged answer was asked for: by one value, then by id, test and year.</summary>
internal sealed record ItemOrder(string By, bool Descending, int PageSize)
{
    private static readonly ImmutableArray<string> Choices = ["name", "id", "testId", "subject", "totalStudents", "avgScore", "medianScore"];

    public static ItemOrder Draw(Random random) => new(Choices[random.Next(Choices.Length)], random.Next(2) == 0, 3 + random.Next(20));

    public IEnumerable<string> Parameters => [$"sort={(Descending ? "-" : "")}{By}", $"limit={PageSize}"];

    public IReadOnlyList<Row> Apply(IEnumerable<Row> rows)
    {
        var ordered = Descending ? rows.OrderByDescending(Value, Values) : rows.OrderBy(Value, Values);
        return
        [
            .. ordered.ThenBy(row => row.Text("id"), StringComparer.Ordinal).ThenBy(row => row.Text("testId"), StringComparer.Ordinal)
                .ThenBy(row => row.Text("schoolYear"), StringComparer.Ordinal),
        ];
    }

    private static readonly Comparer<object> Values = Comparer<object>.Create((left, right) =>
        left is string text ? string.CompareOrdinal(text, (string)right) : Convert.ToDouble(left, null).CompareTo(Convert.ToDouble(right, null)));

    private object Value(Row row) => row.Values[By] ?? "";
}
