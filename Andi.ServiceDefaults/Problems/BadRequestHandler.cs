using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Andi.Problems;

/// <summary>Turns what request binding throws (malformed JSON, a wrong type, a body too large) into a problem that names the field.</summary>
internal sealed class BadRequestHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return false;
        }

        httpContext.Response.StatusCode = bad.StatusCode;
        var context = new ProblemDetailsContext { HttpContext = httpContext, Exception = exception };
        context.ProblemDetails.Status = bad.StatusCode;
        context.ProblemDetails.Detail = DetailOf(bad);
        if (bad.InnerException is JsonException json)
        {
            var field = FieldOf(json.Path);
            context.ProblemDetails.Title = "The request body is not valid.";
            context.ProblemDetails.Detail = $"{(field.Length == 0 ? "The body" : $"'{field}'")}: {ReasonOf(json)}";
            context.ProblemDetails.Extensions["errors"] = new Dictionary<string, string[]> { [field.Length == 0 ? "body" : field] = [ReasonOf(json)] };
        }

        return await problems.TryWriteAsync(context);
    }

    // Binding words a missing body for the programmer, not for the caller.
    private static string DetailOf(BadHttpRequestException bad) =>
        bad.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal) ? "The request has no body." : bad.Message;

    /// <summary>JSON path without its root: <c>$[3].overallScore</c> → <c>[3].overallScore</c>.</summary>
    private static string FieldOf(string? path) => path is null ? "" : path.TrimStart('$').TrimStart('.');

    // The serializer names the .NET type that it wanted.
    private static string Expected(string message) => message switch
    {
        _ when message.Contains("System.DateOnly", StringComparison.Ordinal) => "must be a date such as 2026-05-01.",
        _ when message.Contains("System.Decimal", StringComparison.Ordinal) => "must be a number.",
        _ when message.Contains("System.Int", StringComparison.Ordinal) => "must be a whole number.",
        _ when message.Contains("System.Boolean", StringComparison.Ordinal) => "must be true or false.",
        _ when message.Contains("System.String", StringComparison.Ordinal) => "must be text.",
        _ => "the value has the wrong type or format.",
    };

    // The serializer's message goes on with the path and the byte position, which the field says better, and names .NET types.
    private static string ReasonOf(JsonException exception)
    {
        if (exception is WrongValueException wrong)
        {
            return wrong.Reason;
        }

        var message = exception.Message;
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        message = end < 0 ? message : message[..end];
        return message switch
        {
            _ when message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal) => Expected(message),
            _ when message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) => "there is no such property.",
            _ when message.StartsWith("Duplicate property", StringComparison.Ordinal) => "the property is there more than once.",
            _ => message + (exception.LineNumber is { } line ? $" (line {line + 1})" : ""),
        };
    }
}
