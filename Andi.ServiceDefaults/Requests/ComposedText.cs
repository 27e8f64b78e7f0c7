using ICU4N.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Andi.Requests;

/// <summary>Texts in Unicode's composed form (NFC): an é that was typed as e and an accent, as some systems write it, is the é of everybody else.</summary>
public static class ComposedText
{
    /// <summary>The text composed; the same object where it is already.</summary>
    // Below U+0300 there is nothing to compose. The services run without globalization data, so string.Normalize would compose nothing at all.
    public static string Of(string text) => IsPlain(text) ? text : Normalizer2.NFCInstance.Normalize(text);

    /// <summary>
    /// Composes a request's path and the values of its query, before anything looks at them: ids are kept composed, and one of a path is then known by
    /// whatever form it was sent in, to permissions and caches, too.
    /// </summary>
    public static IApplicationBuilder UseComposedText(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (!IsPlain(request.Path.Value ?? ""))
        {
            request.Path = new PathString(Of(request.Path.Value!));
        }

        // Only then a query can hold anything beside ASCII.
        if (request.QueryString.HasValue && request.QueryString.Value!.Contains('%', StringComparison.Ordinal)
            && request.Query.Any(parameter => parameter.Value.Any(value => !IsPlain(value ?? ""))))
        {
            request.Query = new QueryCollection(request.Query.ToDictionary(
                parameter => parameter.Key,
                parameter => new StringValues([.. parameter.Value.Select(value => value is null ? null : Of(value))]),
                StringComparer.OrdinalIgnoreCase));
        }

        return next(context);
    });

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange('\0', '\u02FF');
}
