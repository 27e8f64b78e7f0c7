using Andi.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Andi.Web.SignIn;

/// <summary>
/// Visitors sign in at the OIDC provider in production, and by choosing a role in development. Their access token stays, sealed, in a cookie of theirs.
/// </summary>
internal static class SignInExtensions
{
    public const string Path = "/sign-in";

    /// <exception cref="InvalidOperationException">The signing key of development cannot be read.</exception>
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SecurityOptions>().BindConfiguration("Security").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var security = builder.Configuration.GetSection("Security").Get<SecurityOptions>() ?? new();
        var signIn = builder.Configuration.GetSection(SignInOptions.Section).Get<SignInOptions>() ?? new();
        var isDevelopment = !string.IsNullOrWhiteSpace(security.SigningKeyFile);
        AddKeys(services, security, signIn);

        var authentication = services.AddAuthentication(schemes =>
        {
            schemes.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            schemes.DefaultChallengeScheme = isDevelopment ? CookieAuthenticationDefaults.AuthenticationScheme : OpenIdConnectDefaults.AuthenticationScheme;
        }).AddCookie(SetCookie);
        if (isDevelopment)
        {
            services.AddSingleton<DevelopmentTokens>();
            services.AddHttpClient<DevelopmentScopes>(http => http.BaseAddress = new Uri($"https+http://{Topology.ResourceNames.AnalyticsApi}"));
        }
        else
        {
            authentication.AddOpenIdConnect(oidc => SetProvider(oidc, security, signIn));
        }

        services.AddCascadingAuthenticationState();
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim(ClaimNames.Role).Build())
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim(ClaimNames.Role).Build());
    }

    public static void MapSignIn(this WebApplication app)
    {
        if (app.Services.GetService<DevelopmentTokens>() is not null)
        {
            DevelopmentSignIn.Map(app);
        }

        app.MapPost("/sign-out", async (HttpContext http) =>
        {
            await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            http.Response.Headers["Clear-Site-Data"] = "\"cache\"";
            return Results.LocalRedirect("/signed-out");
        }).AllowAnonymous();
    }

    private static void SetCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "andi";
        cookie.Cookie.HttpOnly = true;
        // Lax: a link in a mail opens the page; forms of other sites send no cookie.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.LoginPath = Path;
        cookie.AccessDeniedPath = "/not-allowed";
        cookie.ReturnUrlParameter = "returnUrl";
        // It ends with the token, which no page can renew.
        cookie.SlidingExpiration = false;
        cookie.Events.OnRedirectToLogin = context =>
        {
            if (WantsPage(context.Request))
            {
                context.Response.Redirect(context.RedirectUri);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }

            return Task.CompletedTask;
        };
    }

    // A script cannot take a visitor through a sign-in.
    private static bool WantsPage(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static void SetProvider(OpenIdConnectOptions oidc, SecurityOptions security, SignInOptions signIn)
    {
        oidc.Authority = security.Authority;
        oidc.ClientId = signIn.ClientId;
        oidc.ClientSecret = signIn.ClientSecret;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.UsePkce = true;
        oidc.SaveTokens = true;
        oidc.MapInboundClaims = false;
        oidc.Scope.Clear();
        foreach (var scope in signIn.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend("openid").Distinct())
        {
            oidc.Scope.Add(scope);
        }

        if (security.AuthorityCertificates is { } certificates)
        {
            oidc.BackchannelHttpHandler = AuthorityConnection.Handler(certificates);
        }

        oidc.Events.OnRedirectToIdentityProvider = context =>
        {
            if (!WantsPage(context.Request))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.HandleResponse();
            }

            return Task.CompletedTask;
        };
        oidc.Events.OnTokenValidated = context =>
        {
            // Role and scope are those of the access token: the APIs decide by it, and a page must not promise more.
            if (context.TokenEndpointResponse?.AccessToken is { } access && new JsonWebTokenHandler().CanReadToken(access)
                && new JsonWebToken(access) is var token && context.Properties is { } properties)
            {
                context.Principal = Visitor.PrincipalOf(token, context.Principal?.FindFirst("name")?.Value);
                properties.ExpiresUtc = token.ValidTo;
            }
            else
            {
                context.Fail("The provider gave no access token that says a role.");
            }

            return Task.CompletedTask;
        };
    }

    private static void AddKeys(IServiceCollection services, SecurityOptions security, SignInOptions signIn)
    {
        var folder = signIn.KeysFolder
            ?? (string.IsNullOrWhiteSpace(security.SigningKeyFile) ? null
                : System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(security.SigningKeyFile))!, "cookie-keys"));
        var protection = services.AddDataProtection().SetApplicationName("Andi.Web");
        if (folder is null)
        {
            protection.UseEphemeralDataProtectionProvider();
        }
        else
        {
            OwnerOnly.CreateFolder(folder);
            protection.PersistKeysToFileSystem(new DirectoryInfo(folder));
        }
    }
}
