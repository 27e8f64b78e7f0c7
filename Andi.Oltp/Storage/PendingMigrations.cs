using Andi.Oltp.Areas;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Andi.Oltp.Storage;

/// <summary>What <see cref="OltpMigrations.ApplyAsync"/> would apply; changes nothing.</summary>
public static class PendingMigrations
{
    /// <param name="connectionString">Npgsql connection string; where the database is missing, everything is pending.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>As <c>area/migration</c>, in the order in which they would be applied.</returns>
    public static async Task<IReadOnlyList<string>> ReadAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        var pending = new List<string>();
        foreach (var area in SubjectAreas.All)
        {
            await using var context = area.CreateContext(dataSource);
            pending.AddRange((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Select(migration => $"{area.Name}/{migration}"));
        }

        return pending;
    }
}
