using System.Text.Json;
using Andi.Web.Apis;

namespace Andi.Web.Uploads;

/// <summary>What the write API says of a file: what became of it, or would.</summary>
/// <param name="Removed">Of a set alone.</param>
/// <param name="Skipped">Rows that a mapping passes over.</param>
/// <param name="Warnings">Sentences, or notes about rows.</param>
public sealed record ImportAnswer(
    long Read, long Written, long Unchanged, long Rejected, long Removed, long Skipped, IReadOnlyList<ImportNote>? Rejects,
    IReadOnlyList<JsonElement>? Warnings, IReadOnlyList<string>? IgnoredColumns, IReadOnlyList<string>? IgnoredFiles)
{
    /// <summary>The warnings as sentences.</summary>
    public IEnumerable<string> WarningTexts => (Warnings ?? []).Select(warning => warning.ValueKind == JsonValueKind.String
        ? warning.GetString()!
        : warning.Deserialize<ImportNote>(JsonSerializerOptions.Web)!.ToString());
}

/// <summary>Something about a row of a file.</summary>
/// <param name="File">Of a set; else null.</param>
/// <param name="Column">What the file calls the field, where that is something else.</param>
public sealed record ImportNote(string? File, long Line, string? Field, string? Column, string Reason)
{
    public override string ToString() => $"{File} {Line}: {Field} {Reason}".Trim();
}

/// <summary>Sends files to the write API, as the visitor. A file takes its time, and is never sent twice.</summary>
internal sealed class ImportApi(HttpClient http, PositionCookie position)
{
    public async Task<(ImportAnswer? Answer, ApiProblem? Problem)> SendAsync(string path, HttpContent body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        // What is refused for other reasons than the file is refused before that is sent.
        request.Headers.ExpectContinue = true;
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                position.Remember(response.Headers.TryGetValues(PositionCookie.Header, out var values) ? values.FirstOrDefault() : null);
                return (JsonSerializer.Deserialize<ImportAnswer>(text, JsonSerializerOptions.Web), null);
            }

            var problem = ApiProblem.Of((int)response.StatusCode, text);
            return (AnswerOf(text), problem);
        }
        catch (Exception failure) when (ApiFailures.IsUnreachable(failure, cancellationToken) || failure is IOException or InvalidDataException)
        {
            // Of the connection, or because of the file, which then says what is wrong with it.
            return (null, ApiProblem.Unreachable);
        }
    }

    // Where rows were rejected, the problem says of them what an answer does.
    private static ImportAnswer? AnswerOf(string problem)
    {
        try
        {
            return JsonSerializer.Deserialize<ImportAnswer>(problem, JsonSerializerOptions.Web) is { Rejects.Count: > 0 } answer ? answer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
