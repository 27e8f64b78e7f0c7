using System.Buffers.Text;
using System.Text.Json;

namespace Andi.Requests;

/// <summary>Where a page of a list ended, as a text that clients do not look into: JSON in Base64.</summary>
public static class PageCursor
{
    /// <summary>A cursor as text.</summary>
    public static string Text<TCursor>(TCursor cursor) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(cursor, JsonSerializerOptions.Web));

    /// <summary>The reverse of <see cref="Text"/>; null where the text is no cursor of that kind. Its properties may be missing all the same.</summary>
    public static TCursor? Parse<TCursor>(string text)
        where TCursor : class
    {
        try
        {
            return JsonSerializer.Deserialize<TCursor>(Base64Url.DecodeFromChars(text), JsonSerializerOptions.Web);
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException)
        {
            return null;
        }
    }
}
