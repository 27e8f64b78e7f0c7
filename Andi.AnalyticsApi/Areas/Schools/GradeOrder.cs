using Andi.AnalyticsApi.Requests;

namespace Andi.AnalyticsApi.Areas.Schools;

/// <summary>Grades from the lowest to the highest; what is no grade comes before them.</summary>
internal sealed class GradeOrder : IComparer<string>
{
    public static readonly GradeOrder Instance = new();

    private static readonly string[] Grades = ["PK", "K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

    private GradeOrder()
    {
    }

    public int Compare(string? x, string? y) =>
        Array.IndexOf(Grades, x).CompareTo(Array.IndexOf(Grades, y)) is not 0 and var order ? order : Utf8Order.Instance.Compare(x, y);
}
