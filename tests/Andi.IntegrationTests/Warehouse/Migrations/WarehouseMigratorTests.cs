using Andi.Warehouse.Client;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Warehouse.Migrations;

/// <summary>Each test has an area and a database of its own, named after a number.</summary>
[Collection(WarehouseCollection.Name)]
public sealed class WarehouseMigratorTests(ClickHouseFixture clickHouse)
{
    private readonly string _area = $"area{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changed_versioned_file_is_refused_by_name()
    {
        await MigrateAsync(Versioned(1, "database", $"CREATE DATABASE IF NOT EXISTS {_area};\n"));
        var refused = await Should.ThrowAsync<MigrationException>(
            () => MigrateAsync(Versioned(1, "database", $"CREATE DATABASE IF NOT EXISTS {_area} COMMENT 'changed';\n")));
        refused.Message.ShouldContain($"{_area}/V001__database.sql");
    }

    [Fact]
    public async Task Repeatable_file_is_applied_again_only_when_it_changed()
    {
        var database = Versioned(1, "database", $"CREATE DATABASE IF NOT EXISTS {_area};\n");
        (await MigrateAsync(database, Repeatable("answer", $"CREATE OR REPLACE VIEW {_area}.answer AS SELECT 41 AS n;\n"))).Count.ShouldBe(2);
        (await MigrateAsync(database, Repeatable("answer", $"CREATE OR REPLACE VIEW {_area}.answer AS SELECT 41 AS n;\n"))).ShouldBeEmpty();
        (await ScalarAsync($"SELECT n FROM {_area}.answer")).ShouldBe(41);
        (await MigrateAsync(database, Repeatable("answer", $"CREATE OR REPLACE VIEW {_area}.answer AS SELECT 42 AS n;\n")))
            .ShouldHaveSingleItem().Name.ShouldBe("answer");
        (await ScalarAsync($"SELECT n FROM {_area}.answer")).ShouldBe(42);
    }

    [Fact]
    public async Task File_that_stopped_in_the_middle_goes_on_behind_the_last_statement()
    {
        // The second statement is no harm when it is repeated only if it is not: it counts its runs.
        var begun = $"CREATE DATABASE IF NOT EXISTS {_area};\nCREATE TABLE {_area}.runs (n UInt8) ENGINE = MergeTree ORDER BY n;\n"
            + $"INSERT INTO {_area}.runs VALUES (1);\n";
        var failure = await Should.ThrowAsync<MigrationException>(
            () => MigrateAsync(Versioned(1, "steps", begun + $"CREATE TABLE {_area}.later (n NoSuchType) ENGINE = MergeTree ORDER BY n;\n")));
        failure.Message.ShouldContain($"{_area}/V001__steps.sql, statement 4");

        var mended = begun + $"CREATE TABLE {_area}.later (n UInt8) ENGINE = MergeTree ORDER BY n;\n";
        (await MigrateAsync(Versioned(1, "steps", mended))).ShouldHaveSingleItem();
        (await ScalarAsync($"SELECT count() FROM {_area}.runs")).ShouldBe(1);
        (await ScalarAsync($"SELECT count() FROM {_area}.later")).ShouldBe(0);
        (await MigrateAsync(Versioned(1, "steps", mended))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_applied_of_a_stopped_file_must_stay_as_it_was()
    {
        await Should.ThrowAsync<MigrationException>(() => MigrateAsync(Versioned(1, "steps", $"CREATE DATABASE {_area};\nSELECT throwIf(1);\n")));
        var refused = await Should.ThrowAsync<MigrationException>(
            () => MigrateAsync(Versioned(1, "steps", $"CREATE DATABASE {_area} COMMENT 'other';\nSELECT 1;\n")));
        refused.Message.ShouldContain("its first 1 statements must stay");
    }

    [Fact]
    public async Task Migration_that_has_lost_its_lock_stops_before_the_next_statement()
    {
        var statements = 0;
        var files = new[]
        {
            Versioned(1, "database", $"CREATE DATABASE {_area};\nCREATE TABLE {_area}.later (n UInt8) ENGINE = MergeTree ORDER BY n;\n"),
        };
        var lost = await Should.ThrowAsync<InvalidOperationException>(() => Migrator(files).MigrateAsync(
            ensureAlone: _ => ++statements == 2 ? throw new InvalidOperationException("lost") : Task.CompletedTask, cancellationToken: Cancel));
        lost.Message.ShouldBe("lost");
        (await ScalarAsync($"SELECT count() FROM system.databases WHERE name = '{_area}'")).ShouldBe(1);
        (await ScalarAsync($"SELECT count() FROM system.tables WHERE database = '{_area}'")).ShouldBe(0);
        (await MigrateAsync(files)).ShouldHaveSingleItem();
        (await ScalarAsync($"SELECT count() FROM {_area}.later")).ShouldBe(0);
    }

    [Fact]
    public async Task Progress_is_told_file_by_file()
    {
        var told = new List<MigrationProgress>();
        await Migrator(Versioned(1, "one", "SELECT 1;\n"), Versioned(2, "two", "SELECT 2;\n")).MigrateAsync(new Told(told), cancellationToken: Cancel);
        told.ShouldBe([new(0, 2, $"{_area}/V001__one.sql"), new(1, 2, $"{_area}/V002__two.sql"), new(2, 2, null)]);
    }

    private MigrationFile Versioned(int version, string name, string sql) => MigrationFile.Parse($"{_area}/V{version:000}__{name}.sql", sql);

    private MigrationFile Repeatable(string name, string sql) => MigrationFile.Parse($"{_area}/R__{name}.sql", sql);

    private WarehouseMigrator Migrator(params MigrationFile[] files) =>
        new(clickHouse.Client, new MigrationCatalog(files), NullLogger<WarehouseMigrator>.Instance);

    private async Task<IReadOnlyList<MigrationFile>> MigrateAsync(params MigrationFile[] files) =>
        (await Migrator(files).MigrateAsync(cancellationToken: Cancel)).Files;

    private Task<int> ScalarAsync(string sql) => clickHouse.Client.ScalarAsync<int>(new ClickHouseStatement(sql), Cancel);

    private sealed class Told(List<MigrationProgress> told) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => told.Add(value);
    }
}
