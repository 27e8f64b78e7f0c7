using System.Net;
using System.Text.Json;

namespace Andi.EndToEndTests.Telemetry;

/// <summary>A span as the Aspire dashboard shows it. <paramref name="Kind"/> is OTLP's: 2 server, 3 client, 4 producer, 5 consumer.</summary>
internal sealed record DashboardSpan(
    string Service, string Id, string? Parent, string Name, int Kind, bool IsError, IReadOnlyDictionary<string, string?> Attributes)
{
    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);
}

/// <summary>Reads the dashboard's telemetry API, which answers in OTLP's JSON.</summary>
internal static class DashboardSpans
{
    /// <param name="dashboard">Client of the dashboard.</param>
    /// <param name="path">Below <c>/api/telemetry</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>No span where the trace is not known yet.</returns>
    public static async Task<IReadOnlyList<DashboardSpan>> ReadAsync(HttpClient dashboard, string path, CancellationToken cancellationToken)
    {
        using var response = await dashboard.GetAsync($"/api/telemetry/{path}", cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }

        response.EnsureSuccessStatusCode();
        using var json = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
        return
        [
            .. from resource in json.RootElement.GetProperty("data").GetProperty("resourceSpans").EnumerateArray()
               let service = Attributes(resource.GetProperty("resource"))["service.name"]
               from scope in resource.GetProperty("scopeSpans").EnumerateArray()
               from span in scope.GetProperty("spans").EnumerateArray()
               select Span(service, span),
        ];
    }

    private static DashboardSpan Span(string service, JsonElement span) => new(
        service,
        span.GetProperty("spanId").GetString()!,
        span.TryGetProperty("parentSpanId", out var parent) ? parent.GetString() : null,
        span.GetProperty("name").GetString()!,
        span.GetProperty("kind").GetInt32(),
        span.TryGetProperty("status", out var status) && status.TryGetProperty("code", out var code) && code.GetInt32() == 2,
        Attributes(span));

    private static Dictionary<string, string?> Attributes(JsonElement element) => !element.TryGetProperty("attributes", out var attributes)
        ? []
        : attributes.EnumerateArray().ToDictionary(
            attribute => attribute.GetProperty("key").GetString()!,
            attribute => attribute.GetProperty("value").EnumerateObject().First().Value.ToString() ?? null);
}
