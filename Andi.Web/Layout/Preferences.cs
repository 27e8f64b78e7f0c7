using System.Globalization;
using Andi.Web.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Andi.Web.Layout;

/// <summary>The visitor's language and theme: those of the browser, unless the visitor chose others, which two cookies keep.</summary>
internal static class Preferences
{
    /// <summary>Languages that there are texts for; the first one is shown where the browser asks for none of them.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "de", "es"];

    /// <summary>Themes that can be chosen; without a choice the system's is shown.</summary>
    public static readonly IReadOnlyList<string> Themes = ["light", "dark"];

    private const string ThemeCookie = "andi-theme";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static void AddPreferences(this IServiceCollection services)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(localization =>
        {
            // Numbers and dates follow the region that the browser names, texts the language.
            localization.SetDefaultCulture(Languages[0]).AddSupportedUICultures([.. Languages]);
            localization.SupportedCultures =
            [
                .. CultureInfo.GetCultures(CultureTypes.NeutralCultures | CultureTypes.SpecificCultures)
                    .Where(culture => Languages.Contains(culture.TwoLetterISOLanguageName)),
            ];
            localization.ApplyCurrentCultureToResponseHeaders = true;
        });
    }

    public static void UsePreferences(this IApplicationBuilder app) => app.UseRequestLocalization();

    public static void MapPreferences(this IEndpointRouteBuilder app) =>
        app.MapPost("/preferences", Choose).AllowAnonymous();

    /// <summary>The theme that the visitor chose; null: the system's.</summary>
    public static string? ThemeOf(HttpContext? http) => http?.Request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme) ? theme : null;

    private static RedirectHttpResult Choose([FromForm] string? language, [FromForm] string? theme, [FromForm] string? returnUrl, HttpContext http)
    {
        if (language is not null && Languages.Contains(language))
        {
            Keep(http, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)));
        }

        if (theme is not null)
        {
            Keep(http, ThemeCookie, Themes.Contains(theme) ? theme : "");
        }

        return TypedResults.LocalRedirect(LocalPath.Of(returnUrl));
    }

    private static void Keep(HttpContext http, string name, string value) => http.Response.Cookies.Append(name, value, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        MaxAge = Kept,
        IsEssential = true,
    });
}
