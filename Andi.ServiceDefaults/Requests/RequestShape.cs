using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.Requests;

/// <summary>Refuses requests that would otherwise mean something else to each program that reads them.</summary>
internal static class RequestShape
{
    /// <summary>Comes behind what describes errors and before routing.</summary>
    public static void UseRequestShape(this IApplicationBuilder app) =>
        app.Use((http, next) => Refusal(http) is { } problem ? problem.ExecuteAsync(http) : next(http));

    private static ProblemHttpResult? Refusal(HttpContext http)
    {
        if (TargetProblem(http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "") is { } problem)
        {
            return Problem(StatusCodes.Status400BadRequest, "The address is not valid.", problem);
        }

        var expected = http.Request.Headers.Expect.ToString();
        if (expected.Length > 0 && !expected.Equals("100-continue", StringComparison.OrdinalIgnoreCase))
        {
            return Problem(StatusCodes.Status417ExpectationFailed, "Expectation failed.", "The only value of Expect that is understood here is 100-continue.");
        }

        if (HttpMethods.IsGet(http.Request.Method) && http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            // The rest is not even read.
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            {
                limit.MaxRequestBodySize = 0;
            }

            return Problem(StatusCodes.Status413PayloadTooLarge, "Payload too large.", $"A {http.Request.Method} has no body here.");
        }

        return null;
    }

    /// <summary>What is wrong with the percent-encoding of a path and query; null where nothing is.</summary>
    internal static string? TargetProblem(string target)
    {
        if (!target.Contains('%', StringComparison.Ordinal))
        {
            return null;
        }

        for (var index = 0; index < target.Length;)
        {
            if (target[index] != '%')
            {
                index++;
                continue;
            }

            // A run of encoded bytes is one text: a letter may take four of them.
            var bytes = new List<byte>();
            for (; index < target.Length && target[index] == '%'; index += 3)
            {
                if (index + 2 >= target.Length || !char.IsAsciiHexDigit(target[index + 1]) || !char.IsAsciiHexDigit(target[index + 2]))
                {
                    return "A percent sign must be followed by two hexadecimal digits; the sign itself is %25.";
                }

                bytes.Add(Convert.ToByte(target.Substring(index + 1, 2), 16));
            }

            if (bytes.Contains(0))
            {
                return "It contains %00, which no text may.";
            }

            if (!System.Text.Unicode.Utf8.IsValid(bytes.ToArray()))
            {
                return "Its percent-encoded bytes are not UTF-8.";
            }
        }

        return null;
    }

    private static ProblemHttpResult Problem(int status, string title, string detail) => TypedResults.Problem(statusCode: status, title: title, detail: detail);
}
