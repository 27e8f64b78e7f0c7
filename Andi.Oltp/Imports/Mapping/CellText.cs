namespace Andi.Oltp.Imports.Mapping;

/// <summary>Texts in messages.</summary>
internal static class CellText
{
    private const int MaxExcerpt = 40;

    /// <summary>At most 40 characters of a value.</summary>
    public static string Excerpt(string text) => text.Length <= MaxExcerpt ? text : text[..MaxExcerpt] + "…";
}
