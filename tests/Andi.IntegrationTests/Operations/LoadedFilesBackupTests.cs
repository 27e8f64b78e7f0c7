using System.Text.Json;
using Andi.Testing;

namespace Andi.IntegrationTests.Operations;

/// <summary>Files that were loaded come back with a backup: the same ones count, in the same order, once.</summary>
public sealed class LoadedFilesBackupTests(EnginesFixture engines) : IAsyncLifetime
{
    private const string Licenses = """
        SELECT arrayStringConcat(arraySort(groupArray(concat(
            teacher_id, '|', product, '|', toString(valid_from), '|', ifNull(toString(valid_until), ''), '|', status, '|',
            toString(load), '|', toString(line)))), '\n')
        FROM staging.teacher_licenses_current
        """;

    private const string Records = "SELECT arrayStringConcat(arraySort(groupArray(toString(tuple(*)))), '\n') FROM ops.loaded_files";

    private readonly AndiUnderTest _source = new(engines);
    private readonly AndiUnderTest _target = new(engines);
    private readonly string _folder = TestState.Empty("loaded-backup");

    public async ValueTask InitializeAsync()
    {
        await _source.InitializeAsync();
        await _target.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task What_counts_comes_back_and_nothing_else()
    {
        await new SchoolChanges(_source, 61).CreateAsync();
        var first = Write("first.csv", "T1,coaching,2025-09-01,,granted", "T2,coaching,2025-09-01,,granted");
        var second = Write("second.csv", "T2,coaching,2025-09-01,2026-01-31,granted", "T3,resources,2025-09-01,,granted");
        (await LoadAsync(_source, first)).ShouldBe("Loaded");
        (await LoadAsync(_source, second)).ShouldBe("Loaded");
        // What a load that was killed has left.
        await _source.WarehouseAsync(
            "INSERT INTO staging.teacher_licenses SELECT 'T9', 'coaching', '2025-09-01', NULL, 'granted', repeat('0', 64), generateUUIDv4(), 2");
        var folder = Path.Combine(_folder, "backup");
        var backup = await _source.RunAsync("backup", folder, "--json");
        backup.Code.ShouldBe(0, backup.Error);

        // A system into which somebody has loaded a file is not empty.
        (await LoadAsync(_target, Write("own.csv", "T7,coaching,2025-09-01,,granted"))).ShouldBe("Loaded");
        var refused = await _target.RunAsync("restore", folder);
        (refused.Code, refused.Error.Contains("own.csv was loaded into staging.teacher_licenses", StringComparison.Ordinal)).ShouldBe((1, true), refused.Error);
        (await _target.WarehouseAsync<long>("SELECT count() FROM staging.teacher_licenses_current")).ShouldBe(1);
        await _target.WarehouseAsync("TRUNCATE TABLE ops.loaded_files");

        // What a restore that was cut off has left is replaced: a record of the backup, some of the rows.
        var record = await _source.WarehouseAsync<string>("SELECT toString(attempt) FROM ops.loaded_files WHERE file_name = 'second.csv'");
        await _target.WarehouseAsync(
            $"INSERT INTO ops.loaded_files (loaded_table, load, file_id, attempt) VALUES ('staging.teacher_licenses', 9, 'x', '{record}')");

        var restored = await _target.RunAsync("restore", folder, "--json");
        restored.Code.ShouldBe(0, restored.Output + restored.Error);
        (await _target.WarehouseAsync<string>(Licenses))
            .ShouldBe("T1|coaching|2025-09-01||granted|1|2\nT2|coaching|2025-09-01|2026-01-31|granted|2|2\nT3|resources|2025-09-01||granted|2|3");
        (await _target.WarehouseAsync<string>(Records)).ShouldBe(await _source.WarehouseAsync<string>(Records));
        (await _target.WarehouseAsync<long>("SELECT count() FROM staging.teacher_licenses")).ShouldBe(4);

        // Life goes on: what was loaded is known, what is new comes last.
        (await LoadAsync(_target, first)).ShouldBe("AlreadyLoaded");
        (await LoadAsync(_target, Write("third.csv", "T2,coaching,2025-09-01,,withdrawn"))).ShouldBe("Loaded");
        (await _target.WarehouseAsync<string>(Licenses)).ShouldContain("T2|coaching|2025-09-01||withdrawn|3|2");
        (await _target.RunAsync("restore", folder)).Error.ShouldContain("not empty");
    }

    private string Write(string name, params string[] rows)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, $"teacher_id,product,valid_from,valid_until,status\n{string.Join('\n', rows)}\n");
        return file;
    }

    private static async Task<string> LoadAsync(AndiUnderTest andi, string file)
    {
        var outcome = await andi.RunAsync("load", "teacher_licenses", file, "--json");
        outcome.Code.ShouldBe(0, outcome.Output + outcome.Error);
        return JsonDocument.Parse(outcome.Output).RootElement.GetProperty("outcome").GetString()!;
    }
}
