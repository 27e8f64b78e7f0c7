using Andi.AnalyticsApi.Requests;

namespace Andi.AnalyticsApi.Coaching.Resources;

/// <summary>Where a page ended: how often its last resource was used, and the id, which makes it unique. Opaque to clients.</summary>
internal sealed record UsageCursor(long Count, string Id)
{
    public override string ToString() => OpaqueCursor.Write(this);

    /// <summary>Null where the text is none.</summary>
    public static UsageCursor? Parse(string text) => OpaqueCursor.Parse<UsageCursor>(text) is { Id: not null } cursor ? cursor : null;
}
