using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Andi.IntegrationTests.Oltp;

/// <summary>An answer that must be a problem document.</summary>
internal sealed record Problem(JsonElement Document)
{
    public string Detail => Document.GetProperty("detail").GetString()!;

    /// <summary>The fields that <c>errors</c> names.</summary>
    public IReadOnlyList<string> Fields =>
        Document.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateObject().Select(error => error.Name)] : [];

    public IReadOnlyList<(long Line, string? Field, string Reason)> Rejects =>
    [
        .. Document.GetProperty("rejects").EnumerateArray().Select(reject => (
            reject.GetProperty("line").GetInt64(), reject.GetProperty("field").GetString(), reject.GetProperty("reason").GetString()!)),
    ];

    public string Reason(string field) => Document.GetProperty("errors").GetProperty(field)[0].GetString()!;

    public long Number(string name) => Document.GetProperty(name).GetInt64();
}

/// <summary>Short ways to call the API and to look at its answers.</summary>
internal static class Calls
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> PutAsync(this HttpClient http, string path, object body) => http.PutAsJsonAsync(path, body, Cancellation);

    public static Task<HttpResponseMessage> PostAsync(this HttpClient http, string path, object body) => http.PostAsJsonAsync(path, body, Cancellation);

    public static Task<HttpResponseMessage> PostJsonAsync(this HttpClient http, string path, string json) =>
        http.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), Cancellation);

    public static Task<HttpResponseMessage> PutJsonAsync(this HttpClient http, string path, string json) =>
        http.PutAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), Cancellation);

    public static Task<HttpResponseMessage> ImportAsync(this HttpClient http, string entity, string csv, string query = "") =>
        http.ImportAsync(entity, Encoding.UTF8.GetBytes(csv), query);

    public static Task<HttpResponseMessage> ImportAsync(this HttpClient http, string entity, byte[] csv, string query = "")
    {
        var content = new ByteArrayContent(csv);
        content.Headers.ContentType = new("text/csv");
        return http.PostAsync($"v1/imports/{entity}{query}", content, Cancellation);
    }

    public static async Task<JsonElement> ShouldBeAsync(this Task<HttpResponseMessage> call, HttpStatusCode status)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        response.StatusCode.ShouldBe(status, text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public static async Task<Problem> ShouldBeProblemAsync(this Task<HttpResponseMessage> call, HttpStatusCode status)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        response.StatusCode.ShouldBe(status, text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        response.Headers.Contains("Andi-Position").ShouldBeFalse();
        var document = JsonDocument.Parse(text).RootElement;
        document.GetProperty("status").GetInt32().ShouldBe((int)status);
        document.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        return new Problem(document);
    }
}
