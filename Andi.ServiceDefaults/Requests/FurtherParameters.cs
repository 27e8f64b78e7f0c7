namespace Andi.Requests;

/// <summary>Metadata of an endpoint whose handler reads query parameters that it does not have among its own.</summary>
/// <param name="Names">Of those parameters.</param>
public sealed record FurtherParameters(IReadOnlyList<string> Names);
