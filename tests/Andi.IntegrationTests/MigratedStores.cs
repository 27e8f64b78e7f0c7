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
    private readonly SemaphoreSlim _turn = new(1);
    private ClickHouseFixture? _warehouse;
    private string? _oltp;
    private string? _ledger;

    /// <summary>The connection string of a copy of the transactional database.</summary>
    public async Task<string> CopyOltpAsync(CancellationToken cancellationToken)
    {
        using (await TakeTurnAsync(cancellationToken))
        {
            _oltp ??= await MigrateAsync(OltpMigrations.ApplyAsync, cancellationToken);
            return await engines.CopyDatabaseAsync(_oltp, cancellationToken);
        }
    }

    /// <summary>The connection string of a copy of the ingestor's ledger.</summary>
    public async Task<string> CopyLedgerAsync(CancellationToken cancellationToken)
    {
        using (await TakeTurnAsync(cancellationToken))
        {
            _ledger ??= await MigrateAsync(LedgerSchema.MigrateAsync, cancellationToken);
            return await engines.CopyDatabaseAsync(_ledger, cancellationToken);
        }
    }

    /// <summary>Puts a copy of the warehouse's data folder at a path where nothing is yet.</summary>
    public async Task CopyWarehouseAsync(string folder, CancellationToken cancellationToken)
    {
        using (await TakeTurnAsync(cancellationToken))
        {
            if (_warehouse is null)
            {
                _warehouse = new ClickHouseFixture();
                await _warehouse.InitializeAsync();
                await new WarehouseMigrator(_warehouse.Client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance)
                    .MigrateAsync(cancellationToken: cancellationToken);
                await _warehouse.StopAsync();
            }

            Copy(_warehouse.DataFolder, folder);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_warehouse is not null)
        {
            await _warehouse.DisposeAsync();
        }

        _turn.Dispose();
    }

    // PostgreSQL copies a database only while nobody is connected to it.
    private async Task<string> MigrateAsync(Func<string, CancellationToken, Task> migrate, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnectionStringBuilder(await engines.CreateDatabaseAsync(cancellationToken)) { Pooling = false };
        await migrate(connection.ConnectionString, cancellationToken);
        return connection.Database!;
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

    private async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
