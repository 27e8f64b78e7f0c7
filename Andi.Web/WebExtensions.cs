using Andi.Requests;
using Andi.ServiceDefaults;
using Andi.Web.Apis;
using Andi.Web.Areas;
using Andi.Web.Downloads;
using Andi.Web.Layout;
using Andi.Web.Live;
using Andi.Web.SignIn;
using Andi.Web.Uploads;

namespace Andi.Web;

/// <summary>Names this assembly to those that start it in their own process, as tests do.</summary>
public sealed class WebMarker;

/// <summary>
/// The pages: HTML that the server writes whole, from answers of the two APIs to the visitor's own token. Nothing of a visitor is kept on the server.
/// </summary>
public static class WebExtensions
{
    // Scripts and styles of the app itself alone. Charts set styles by script, which no policy forbids, and draw pictures to download.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <exception cref="InvalidOperationException">A setting is missing or makes no sense.</exception>
    public static WebApplicationBuilder AddWeb(this WebApplicationBuilder builder)
    {
        builder.AddSignIn();
        builder.AddApis();
        builder.Services.AddLive();
        builder.Services.AddUploads();
        builder.Services.AddPreferences();
        builder.Services.AddRazorComponents();
        var areas = WebAreas.All();
        builder.Services.AddSingleton(areas);
        foreach (var area in areas.Items)
        {
            area.AddServices(builder.Services);
        }

        builder.Services.AddProblemDetails();
        return builder;
    }

    public static WebApplication MapWeb(this WebApplication app)
    {
        app.UseSecurityHeaders(PathString.Empty, PagePolicy);
        app.UseResponseCompression();
        app.UseExceptionHandler("/failure", createScopeForErrors: true);
        app.UsePreferences();
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapHealthEndpoints();
        app.MapStaticAssets().AllowAnonymous().DisableRateLimiting();
        app.MapSignIn();
        app.MapPreferences();
        app.MapLive();
        app.MapDownloads();
        app.MapUploads();
        foreach (var area in app.Services.GetRequiredService<WebAreas>().Items)
        {
            area.Map(app);
        }

        app.MapRazorComponents<App>();
        return app;
    }
}
