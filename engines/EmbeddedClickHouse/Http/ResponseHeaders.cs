using Andi.EmbeddedClickHouse.Engine;
using Andi.EmbeddedClickHouse.Errors;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>The headers every answer to a statement has.</summary>
internal static class ResponseHeaders
{
    private const string Exposed =
        "X-ClickHouse-Query-Id,X-ClickHouse-Summary,X-ClickHouse-Server-Display-Name,X-ClickHouse-Format,X-ClickHouse-Timezone,"
        + "X-ClickHouse-Exception-Code,X-ClickHouse-Exception-Tag";

    public static void Set(HttpResponse response, EngineHost engine, string queryId)
    {
        var headers = response.Headers;
        headers["X-ClickHouse-Query-Id"] = HeaderSafe(queryId);
        headers["X-ClickHouse-Server-Display-Name"] = Environment.MachineName;
        headers["X-ClickHouse-Timezone"] = engine.TimeZone;
        headers.AccessControlExposeHeaders = Exposed;
    }

    public static void SetError(HttpResponse response, ClickHouseException error)
    {
        response.StatusCode = HttpStatus.Of(error.Code);
        response.ContentType = "text/plain; charset=UTF-8";
        response.Headers["X-ClickHouse-Exception-Code"] = error.Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Basic realm=\"ClickHouse server HTTP API\"";
        }
    }

    private static string HeaderSafe(string text) => text.All(character => character is > ' ' and < '\u007f') ? text : Uri.EscapeDataString(text);
}
