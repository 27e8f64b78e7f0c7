using System.Text.Json;
using Andi.Web.Apis;
using CsvHelper;

namespace Andi.Web.Downloads;

/// <summary>
/// Any list of the read API as CSV: a row for each of its <c>items</c>, its fields in the order of the answer, values in an object under <c>field.name</c>.
/// It is asked with the visitor's own token, so that there is nothing in a file that the visitor may not read.
/// </summary>
internal static class DownloadEndpoint
{
    public static void MapDownloads(this IEndpointRouteBuilder app) => app.MapGet("/download/v1/{**question}", DownloadAsync);

    private static async Task<IResult> DownloadAsync(string question, ReadApi api, HttpContext http)
    {
        var answer = await api.GetAsync<JsonDocument>(PathOf(question) + http.Request.QueryString, http.RequestAborted);
        if (answer.Value is not { } document)
        {
            return TypedResults.Problem(
                statusCode: answer.Problem!.Status is 0 ? StatusCodes.Status502BadGateway : answer.Problem.Status, detail: answer.Problem.Detail);
        }

        using (document)
        {
            if (!document.RootElement.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
            {
                return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, detail: "That answer has no items.");
            }

            var name = string.Join('-', question.Split('/').Select(part => string.Concat(part.Where(char.IsLetterOrDigit))));
            return TypedResults.File(Write(items), "text/csv; charset=utf-8", $"{name}.csv");
        }
    }

    // The route hands the values over unescaped.
    private static string PathOf(string question) => $"v1/{string.Join('/', question.Split('/').Select(Uri.EscapeDataString))}";

    // A spreadsheet takes a text that begins so for a formula, and runs it.
    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text;

    private static byte[] Write(JsonElement items)
    {
        var rows = items.EnumerateArray().Select(item => FieldsOf(item, "").ToList()).ToList();
        var columns = rows.SelectMany(row => row.Select(field => field.Name)).Distinct(StringComparer.Ordinal).ToList();
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, leaveOpen: true))
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions(), leaveOpen: true))
        {
            foreach (var column in columns)
            {
                csv.WriteField(column);
            }

            csv.EndRecord();
            foreach (var row in rows)
            {
                var values = row.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
                foreach (var column in columns)
                {
                    csv.WriteField(values.GetValueOrDefault(column, ""));
                }

                csv.EndRecord();
            }
        }

        return bytes.ToArray();
    }

    private static IEnumerable<(string Name, string Value)> FieldsOf(JsonElement item, string prefix)
    {
        foreach (var property in item.EnumerateObject())
        {
            var name = prefix + property.Name;
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var field in FieldsOf(property.Value, $"{name}."))
                    {
                        yield return field;
                    }

                    break;
                case JsonValueKind.String:
                    yield return (name, Harmless(property.Value.GetString()!));
                    break;
                case JsonValueKind.Null:
                    yield return (name, "");
                    break;
                default:
                    yield return (name, property.Value.GetRawText());
                    break;
            }
        }
    }
}
