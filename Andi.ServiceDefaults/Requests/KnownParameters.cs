using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Andi.Requests;

/// <summary>
/// Refuses query parameters that an endpoint does not have. A misspelt one would otherwise be as good as none: an unfiltered answer, an import that was meant
/// to be a dry run.
/// </summary>
public static class KnownParameters
{
    /// <summary>400 naming the unknown parameter and those that there are.</summary>
    public static RouteGroupBuilder RefuseUnknownParameters(this RouteGroupBuilder group)
    {
        group.AddEndpointFilterFactory((endpoint, next) =>
        {
            string[] own = [.. endpoint.MethodInfo.GetParameters().SelectMany(NamesOf).Order(StringComparer.Ordinal)];
            return invocation =>
            {
                var further = invocation.HttpContext.GetEndpoint()?.Metadata.GetMetadata<FurtherParameters>();
                var known = further is null ? own : [.. own.Concat(further.Names).Order(StringComparer.Ordinal)];
                return UnknownIn(invocation.HttpContext.Request, known) is { } name
                    ? ValueTask.FromResult<object?>(Refusal(name, [.. known.Where(one => !invocation.HttpContext.Request.RouteValues.ContainsKey(one))]))
                    : next(invocation);
            };
        });
        return group;
    }

    private static string? UnknownIn(HttpRequest request, string[] known)
    {
        foreach (var name in request.Query.Keys)
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase) || request.RouteValues.ContainsKey(name))
            {
                return name;
            }
        }

        return null;
    }

    private static ProblemHttpResult Refusal(string name, string[] known) => TypedResults.Problem(new HttpValidationProblemDetails
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "The request is not valid.",
        Detail = $"There is no query parameter '{name}' here; {(known.Length == 0 ? "there are none." : $"there are {string.Join(", ", known)}.")}",
        Errors = { [name] = ["is not a parameter of this call"] },
    });

    // Those that are bound from text; what comes from services, the body or headers is of another type, or says so.
    private static IEnumerable<string> NamesOf(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<AsParametersAttribute>() is not null)
        {
            return parameter.ParameterType.GetProperties().Where(property => property.CanWrite && IsText(property.PropertyType)).Select(property =>
                property.GetCustomAttributes().OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        }

        return IsText(parameter.ParameterType) && !parameter.GetCustomAttributes().Any(attribute => attribute is IFromHeaderMetadata or IFromBodyMetadata)
            ? [parameter.Name!]
            : [];
    }

    private static bool IsText(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value == typeof(string) || value.IsPrimitive || value.IsEnum || value == typeof(DateOnly) || value == typeof(DateTimeOffset)
            || value == typeof(TimeSpan) || value == typeof(decimal);
    }
}
