using System.Text.Json;
using Andi.Web.Apis;

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

            return CsvFile.Of(items, string.Join('-', question.Split('/')));
        }
    }

    // The route hands the values over unescaped.
    private static string PathOf(string question) => $"v1/{string.Join('/', question.Split('/').Select(Uri.EscapeDataString))}";
}
