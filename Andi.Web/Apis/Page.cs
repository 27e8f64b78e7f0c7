namespace Andi.Web.Apis;

/// <summary>A list of an API.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor = null);
