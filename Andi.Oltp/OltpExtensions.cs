using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Andi.ApiDescription;
using Andi.Audit;
using Andi.Oltp.Access;
using Andi.Oltp.Areas;
using Andi.Oltp.Audit;
using Andi.Oltp.Imports;
using Andi.Oltp.Imports.Uploads;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Andi.Requests;
using Andi.Security;
using Andi.Topology;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Andi.Oltp;

/// <summary>The write side: the database and the subject areas on it.</summary>
public static class OltpExtensions
{
    public static WebApplicationBuilder AddOltp(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<OltpOptions>().BindConfiguration("Oltp").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => CreateDataSource(
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<IOptions<OltpOptions>>().Value,
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddHttpContextAccessor();
        services.AddSingleton(provider => new CallerPools(
            provider.GetRequiredService<NpgsqlDataSource>(),
            role => CreateDataSource(
                provider.GetRequiredService<IConfiguration>(),
                provider.GetRequiredService<IOptions<OltpOptions>>().Value,
                provider.GetRequiredService<ILoggerFactory>(),
                role)));
        services.AddScoped<CallerDatabase>();
        var access = SubjectAreas.All.SelectMany(area => area.EndpointAccess).ToList();
        services.AddSingleton(new AccessPolicy([.. access, .. ProfileEndpoints.Access(access)]));
        services.AddSingleton<IdSource>();
        builder.AddAuditLog();
        services.AddOptions<AuditOptions>().BindConfiguration("Audit").ValidateDataAnnotations().ValidateOnStart();
        services.AddHostedService<AuditSealer>();
        services.AddSingleton(new WrittenRecords(SubjectAreas.All.SelectMany(area => area.Records).Where(record => record.Subjects is not null)
            .ToDictionary(record => record.RecordType, record => record.Subjects!.Of)));
        services.AddOptions<ImportOptions>().BindConfiguration("Imports").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new ImportCatalog(
            SubjectAreas.All.SelectMany(area => area.DefineImports(provider.GetRequiredService<IdSource>()))));
        services.AddSingleton<ImportProfiles>();
        services.AddOptions<UploadOptions>().BindConfiguration("Imports:Uploads").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ImportUploads>();
        services.AddSingleton<ImportGate>();
        services.AddSingleton<CountedMonths>();
        services.AddHostedService(provider => provider.GetRequiredService<CountedMonths>());
        services.AddScoped<StagedWrite>();
        services.AddScoped<BatchWrite>();
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("oltp-database");
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
            json.SerializerOptions.Converters.Add(new WholeNumberConverter());
            json.SerializerOptions.Converters.Add(new DateConverter());
            json.SerializerOptions.TypeInfoResolver = json.SerializerOptions.TypeInfoResolver!.WithAddedModifier(
                new FilledInMembers(SubjectAreas.All.SelectMany(area => area.Records)).AddTo);
        });
        services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<OltpOptions>>((kestrel, oltp) => kestrel.Limits.MaxRequestBodySize = oltp.Value.MaxJsonBodyBytes);
        services.AddOptions<ProblemDetailsOptions>().PostConfigure<IOptions<OltpOptions>>(DescribeBodyLimit);
        services.AddOptions<OpenApiOptions>("v1").Configure<DocumentationComments>((openApi, comments) => openApi
            .AddSchemaTransformer<ValueSchemas>()
            .AddSchemaTransformer(new RecordSchemas(SubjectAreas.All.SelectMany(area => area.Records), comments))
            .AddOperationTransformer<ImportParameters>());
        foreach (var area in SubjectAreas.All)
        {
            area.AddStorage(services);
        }

        return builder;
    }

    /// <summary>Maps what the areas bring, under <c>/v1</c>, behind a bearer token.</summary>
    public static WebApplication MapOltp(this WebApplication app)
    {
        var v1 = app.MapGroup("/v1").RequireAuthorization().RefuseUnknownParameters().NotePersonalReads();
        v1.MapImports();
        v1.MapImportProfiles();
        foreach (var area in SubjectAreas.All)
        {
            area.MapEndpoints(v1);
        }

        return app;
    }

    // The server itself answers 413, and without a detail.
    private static void DescribeBodyLimit(ProblemDetailsOptions problems, IOptions<OltpOptions> oltp)
    {
        var customize = problems.CustomizeProblemDetails;
        problems.CustomizeProblemDetails = context =>
        {
            if (context.ProblemDetails.Status == StatusCodes.Status413PayloadTooLarge)
            {
                context.ProblemDetails.Detail ??=
                    $"A body may have at most {oltp.Value.MaxJsonBodyBytes} bytes. For more there are the imports, which take CSV of any size.";
            }

            customize?.Invoke(context);
        };
    }

    /// <param name="role">A group role that the connections take; null: they stay the role that the connection string names.</param>
    private static NpgsqlDataSource CreateDataSource(
        IConfiguration configuration, OltpOptions options, ILoggerFactory logging, string? role = null)
    {
        var connectionString = configuration.GetConnectionString(ConnectionNames.Oltp)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ConnectionNames.Oltp} is missing: it says where the transactional database is.");
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.UseLoggerFactory(logging);
        builder.ConnectionStringBuilder.MaxPoolSize = role is null ? options.MaxConnections : options.MaxConnectionsOfRole;
        builder.ConnectionStringBuilder.Timeout = options.ConnectTimeoutSeconds;
        builder.ConnectionStringBuilder.CommandTimeout = options.CommandTimeoutSeconds;
        builder.ConnectionStringBuilder.MaxAutoPrepare = 64;
        // The entry of the audit log goes along with the commit: which of the two was refused decides the answer.
        builder.ConnectionStringBuilder.IncludeFailedBatchedCommand = true;
        // Nothing outlives a transaction here that another one would notice: settings are LOCAL or said anew on each opening, locks belong to the
        // transaction, temporary tables are empty. Saves six statements per write. And the connections of a role stay that role.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        builder.ConnectionStringBuilder.ApplicationName ??= "andi-oltp";
        if (role is not null)
        {
            builder.UsePhysicalConnectionInitializer(
                connection => TakeRole(connection).ExecuteNonQuery(), connection => TakeRole(connection).ExecuteNonQueryAsync());
        }

        return builder.Build();

        NpgsqlCommand TakeRole(NpgsqlConnection connection) => new($"SET ROLE {role}", connection);
    }
}
