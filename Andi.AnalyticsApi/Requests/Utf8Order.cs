namespace Andi.AnalyticsApi.Requests;

/// <summary>
/// Text by code points, which is the order of its bytes in UTF-8 and so the warehouse's: in UTF-16, what takes two units stands before the last of those that
/// take one.
/// </summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static readonly Utf8Order Instance = new();

    private Utf8Order()
    {
    }

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        return char.IsSurrogate(left[same]) == char.IsSurrogate(right[same]) ? left[same].CompareTo(right[same]) : char.IsSurrogate(left[same]) ? 1 : -1;
    }
}
