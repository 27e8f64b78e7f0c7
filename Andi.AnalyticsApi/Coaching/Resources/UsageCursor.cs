using System.Buffers.Text;
using System.Text.Json;

namespace Andi.AnalyticsApi.Coaching.Resources;

/// <summary>Where a page ended: how often its last resource was used, and the id, which makes it unique. Opaque to clients.</summary>
internal sealed record UsageCursor(long Count, string Id)
{
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, ResourcesJson.Default.UsageCursor));

    /// <summary>Null where the text is none.</summary>
    public static UsageCursor? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), ResourcesJson.Default.UsageCursor) is { Id: not null } cursor ? cursor : null;
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException)
        {
            return null;
        }
    }
}
