namespace Andi.Cli.LoadTest;

/// <summary>What a load test does.</summary>
/// <param name="Duration">How long requests are begun.</param>
/// <param name="Clients">Each sends its next request when the one before is answered.</param>
/// <param name="WriteShare">Percent of the requests that are writes.</param>
internal sealed record LoadTestOptions(TimeSpan Duration, int Clients, int WriteShare);
