namespace Andi.AnalyticsApi;

/// <summary>Names this assembly to those that start it in their own process, as tests do.</summary>
public sealed class AnalyticsApiMarker;
