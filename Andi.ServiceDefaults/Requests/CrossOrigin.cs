using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Andi.Requests;

/// <summary>Section <c>Cors</c>: which pages of other origins may call the API from a browser.</summary>
public sealed class CrossOriginOptions : IValidatableObject
{
    /// <summary>Origins such as <c>https://app.example</c>: scheme, host and port, nothing else, and no <c>*</c>. Default none: no page may.</summary>
    public IList<string> Origins { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from origin in Origins
        where !IsOrigin(origin)
        select new ValidationResult(
            $"Cors:Origins has '{origin}': an origin is https://host or http://host, with a port where it needs one, and nothing behind.", [nameof(Origins)]);

    // As a browser writes it: in lower case, without the scheme's own port.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && !text.Contains('*', StringComparison.Ordinal)
        && address.GetLeftPart(UriPartial.Authority) == text
        && address.UserInfo.Length == 0;
}

/// <summary>CORS, closed unless origins are configured.</summary>
internal static class CrossOrigin
{
    private static readonly TimeSpan PreflightKept = TimeSpan.FromMinutes(10);

    public static void AddCrossOrigin(this IServiceCollection services)
    {
        services.AddOptions<CrossOriginOptions>().BindConfiguration("Cors").ValidateDataAnnotations().ValidateOnStart();
        services.AddCors();
        // Tokens travel in a header that a page sets itself: no credentials of the browser's are needed.
        services.AddOptions<CorsOptions>().Configure<IOptions<CrossOriginOptions>>((cors, options) => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. options.Value.Origins])
            .WithMethods("GET", "HEAD", "POST", "PUT", "DELETE")
            .WithHeaders("Authorization", "Content-Type", "If-Match", "If-None-Match", "Andi-At-Least", "Last-Event-ID")
            .WithExposedHeaders("Andi-Position", "ETag", "Retry-After", "Location")
            .SetPreflightMaxAge(PreflightKept)));
    }
}
