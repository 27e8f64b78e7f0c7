namespace Andi.AppHost.Engines;

/// <summary>GET, and 200 means ready; anything else throws with what the server said.</summary>
internal static class HttpProbe
{
    private const int LongestReason = 500;

    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) };

    public static async Task GetAsync(Uri url, CancellationToken cancellationToken)
    {
        using var response = await Client.GetAsync(url, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException($"{url} answers {(int)response.StatusCode} {body[..Math.Min(body.Length, LongestReason)]}".TrimEnd());
        }
    }
}
