using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Requests;

/// <summary>Where a page ended, as text that clients give back without looking into it.</summary>
internal static class OpaqueCursor
{
    public static string Write<T>(T end) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(end, JsonSerializerOptions.Web));

    /// <summary>Null where the text is none.</summary>
    public static T? Parse<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(text), JsonSerializerOptions.Web);
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What to answer where it is none.</summary>
    public static ProblemHttpResult Unknown() => Problem.Invalid("cursor", "is not one that an answer gave as nextCursor.");
}
