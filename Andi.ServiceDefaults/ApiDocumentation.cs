using Andi.ApiDescription;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Andi.ServiceDefaults;

/// <summary>
/// The OpenAPI document of a service, and a page that shows it and sends requests. All of it comes from the service, so that it works offline.
/// </summary>
internal static class ApiDocumentation
{
    /// <summary>Where the page is.</summary>
    internal const string PagePath = "/docs";

    private const string Document = "v1";
    private const string Bearer = "bearer";

    public static void AddApiDocumentation(this IServiceCollection services)
    {
        services.AddSingleton<DocumentationComments>();
        services.AddOpenApi(Document, options => options
            .AddSchemaTransformer<CommentedSchemas>()
            .AddOperationTransformer<NamedParameters>()
            .AddOperationTransformer<AnswerAlternatives>()
            .AddDocumentTransformer(AddBearerScheme)
            .AddDocumentTransformer<OperationErrors>());
    }

    public static void MapApiDocumentation(this WebApplication app)
    {
        app.MapOpenApi();
        app.MapScalarApiReference(PagePath, reference => reference
            .WithTitle(app.Environment.ApplicationName)
            .AddDocument(Document)
            .AddPreferredSecuritySchemes(Bearer)
            .EnablePersistentAuthentication()
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp());
    }

    // With the scheme in the document, the page has a field for the token, and sends it with every request.
    private static Task AddBearerScheme(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            BearerFormat = "JWT",
            Description = "A token that `Andi.Cli token` prints, or the one in `.andi/run.json`; in production one of the OIDC provider.",
        });
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        return Task.CompletedTask;
    }
}
