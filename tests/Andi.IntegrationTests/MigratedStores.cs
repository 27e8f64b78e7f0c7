using Andi.Ingestor.Ledger;
using Andi.IntegrationTests.Warehouse;
using Andi.Oltp.Areas;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.IntegrationTests;

/// <summary>
/// Stores with all tables and no rows, migrated once for all tests: a test that needs a whole Andi of its own gets copies, which takes a tenth of the time.
/// </summary>
public sealed class MigratedStores(EnginesFixture engines) : IAsyncDisposable
{
    private readonly Lazy<Task<string>> _oltp = new(() => MigrateAsync(engines, OltpMigrations.ApplyAsync));
    private readonly Lazy<Task<string>> _ledger = new(() => MigrateAsync(engines, LedgerSchema.MigrateAsync));
    private readonly Lazy<Task<ClickHouseFixture>> _warehouse = new(MigrateWarehouseAsync);

    /// <summary>The connection string of a copy of the transactional database.</summary>
    public async Task<string> CopyOltpAsync(CancellationToken cancellationToken) => await engines.CopyDatabaseAsync(await _oltp.Value, cancellationToken);

    /// <summary>The connection string of a copy of the ingestor's ledger.</summary>
    public async Task<string> CopyLedgerAsync(CancellationToken cancellationToken) => await engines.CopyDatabaseAsync(await _ledger.Value, cancellationToken);

    /// <summary>Puts a copy of the warehouse's data folder at a path where nothing is yet.</summary>
    public async Task CopyWarehouseAsync(string folder) => Copy((await _warehouse.Value).DataFolder, folder);

    public async ValueTask DisposeAsync()
    {
        if (_warehouse is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _warehouse.Value).DisposeAsync();
        }
    }

    // PostgreSQL copies a database only while nobody is connected to it.
    private static async Task<string> MigrateAsync(EnginesFixture engines, Func<string, CancellationToken, Task> migrate)
    {
        var connection = new NpgsqlConnectionStringBuilder(await engines.CreateDatabaseAsync(CancellationToken.None)) { Pooling = false };
        await migrate(connection.ConnectionString, CancellationToken.None);
        return connection.Database!;
    }

    private static async Task<ClickHouseFixture> MigrateWarehouseAsync()
    {
        var warehouse = new ClickHouseFixture();
        try
        {
            await warehouse.InitializeAsync();
            await new WarehouseMigrator(warehouse.Client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance).MigrateAsync();
            await warehouse.StopAsync();
            return warehouse;
        }
        catch
        {
            await warehouse.DisposeAsync();
            throw;
        }
    }

    // ClickHouse's links are relative.
    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } link)
            {
                Directory.CreateSymbolicLink(target, link);
            }
            else if (entry is DirectoryInfo)
            {
                Copy(entry.FullName, target);
            }
            else
            {
                File.Copy(entry.FullName, target);
            }
        }
    }
}
