using Andi.Oltp.Access;
using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;
using Andi.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Andi.Oltp.Areas;

/// <summary>
/// A subject area of the write side: its tables, endpoints and imports, all in the folder of its name. Areas are found by type (see
/// <see cref="SubjectAreas"/>), so adding one touches no file outside that folder.
/// </summary>
internal abstract class SubjectArea
{
    /// <summary>Lower case; also the name of the area's migration history table.</summary>
    public abstract string Name { get; }

    /// <summary>The names of the areas whose tables this one refers to; they are migrated and registered before it.</summary>
    public virtual IReadOnlyList<string> DependsOn => [];

    /// <summary>The area's records, in the order in which they refer to each other.</summary>
    public abstract IReadOnlyList<IFieldList> Records { get; }

    /// <summary>The area's rows of the policy about tables: who may do what with which rows, beside admin and service.</summary>
    public virtual IReadOnlyList<TableRule> TableAccess => [];

    /// <summary>
    /// All rows of the policy that endpoints ask for. What writes for other systems, <c>service</c>, may write everything that is recorded here and read it
    /// back one by one, and lists nothing.
    /// </summary>
    public virtual IEnumerable<AccessRule> EndpointAccess =>
    [
        .. TableAccess.Select(rule => rule.ForEndpoints),
        .. Records.Select(record => new AccessRule(Roles.Service, record.Table, Actions.Read | Actions.Write)),
    ];

    /// <summary>Which of the area's tables hold people who may be erased, one row for each.</summary>
    public virtual IReadOnlyList<PersonTable> Persons => [];

    /// <summary>What <c>POST /v1/imports/{entity}</c> accepts for this area.</summary>
    public abstract IReadOnlyList<ImportDefinition> DefineImports(IdSource ids);

    /// <summary>Maps the area's endpoints; <paramref name="v1"/> is the group <c>/v1</c>, which requires authorization.</summary>
    public abstract void MapEndpoints(RouteGroupBuilder v1);

    public abstract void AddStorage(IServiceCollection services);

    /// <summary>A context on a connection of its own, for migrations.</summary>
    /// <exception cref="InvalidOperationException">The area has no tables.</exception>
    public virtual DbContext CreateContext(NpgsqlDataSource dataSource) => throw new InvalidOperationException($"The area {Name} has no tables.");
}

/// <inheritdoc />
/// <typeparam name="TContext">The area's own context: its model and its migrations are separate from those of the other areas.</typeparam>
internal abstract class SubjectArea<TContext> : SubjectArea, IDesignTimeDbContextFactory<TContext>
    where TContext : DbContext
{
    public override void AddStorage(IServiceCollection services)
    {
        // Not pooled: each request has the connections of its caller.
        services.AddDbContext<TContext>((provider, options) =>
        {
            var database = provider.GetRequiredService<CallerDatabase>();
            Configure(options, database.Source);
            options.AddInterceptors(database.Interceptors);
        });
        services.AddScoped<WriteTransaction<TContext>>();
    }

    public override TContext CreateContext(NpgsqlDataSource dataSource)
    {
        var options = new DbContextOptionsBuilder<TContext>();
        Configure(options, dataSource);
        return (TContext)Activator.CreateInstance(typeof(TContext), options.Options)!;
    }

    // For dotnet-ef, which makes migrations from the model and asks no database.
    TContext IDesignTimeDbContextFactory<TContext>.CreateDbContext(string[] args) => CreateContext(NpgsqlDataSource.Create("Host=none"));

    private void Configure(DbContextOptionsBuilder options, NpgsqlDataSource dataSource) =>
        options.UseNpgsql(dataSource, npgsql => npgsql.MigrationsHistoryTable(Name, OltpMigrations.Schema))
            .UseSnakeCaseNamingConvention()
            .ConfigureWarnings(warnings => warnings.Log(
                // A violated constraint is the caller's mistake, answered with a problem; what is not, the exception handler logs.
                (RelationalEventId.CommandError, LogLevel.Debug),
                (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
}
