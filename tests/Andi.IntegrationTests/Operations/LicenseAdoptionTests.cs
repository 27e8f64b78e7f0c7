using System.Globalization;
using Andi.Testing;

namespace Andi.IntegrationTests.Operations;

/// <summary>A worked example of licences from files beside activity from the pipeline's facts.</summary>
public sealed class LicenseAdoptionTests(StoresUnderTest stores) : IClassFixture<StoresUnderTest>
{
    private readonly AndiUnderTest _andi = stores.Andi;

    [Fact]
    public async Task Teacher_counts_in_the_weeks_that_a_licence_touches_and_is_active_by_using_its_product()
    {
        var monday = DateOnly.FromDateTime(DateTime.UtcNow);
        monday = monday.AddDays(-(((int)monday.DayOfWeek + 6) % 7) - 28);
        await _andi.WarehouseAsync("INSERT INTO dims.districts (_generation, district_id, name) VALUES (1, 'D', 'North')");
        await _andi.WarehouseAsync("INSERT INTO dims.schools (_generation, school_id, name, district_id) VALUES (1, 'S1', 'One', 'D'), (1, 'S2', 'Two', 'D')");
        await _andi.WarehouseAsync(
            "INSERT INTO dims.teachers (_generation, teacher_id, name, school_id) VALUES (1, 'A', 'Ann', 'S1'), (1, 'B', 'Ben', 'S1'), (1, 'C', 'Cyd', 'S2')");
        // Ann two sessions in week 0, none in week 1; Ben one in weeks 0 and 1, of which the first was at another school; Cyd used a resource in week 1.
        await _andi.WarehouseAsync($"""
            INSERT INTO facts.ciq_sessions (_generation, session_id, teacher_id, school_id, started_at) VALUES
            (1, '1', 'A', 'S1', '{Day(0)} 08:00:00'), (1, '2', 'A', 'S1', '{Day(6)} 23:59:59'),
            (1, '3', 'B', 'S2', '{Day(1)} 08:00:00'), (1, '4', 'B', 'S1', '{Day(8)} 08:00:00')
            """);
        await _andi.WarehouseAsync(
            $"INSERT INTO facts.resource_usage (_generation, usage_id, teacher_id, school_id, occurred_at) VALUES (1, '1', 'C', 'S2', '{Day(9)} 08:00:00')");

        // Ann until the first day of week 1, and once more within; Ben from the last day of week 0 on, without end; Cyd for resources in week 1 only;
        // nobody knows Dan; Ann's second product was withdrawn.
        await LoadAsync(
            "first.csv",
            $"A,coaching,{Day(-400)},{Day(7)},granted", $"A,coaching,{Day(2)},{Day(3)},granted", $"B,coaching,{Day(6)},,granted",
            $"C,resources,{Day(7)},{Day(13)},granted", $"D,coaching,{Day(0)},,granted", $"A,resources,{Day(0)},,granted");
        await LoadAsync("second.csv", $"A,resources,{Day(0)},,withdrawn", $"A,coaching,{Day(-400)},,withdrawn", $"A,coaching,{Day(0)},{Day(7)},granted");
        foreach (var mart in (string[])["teacher_weeks", "license_adoption"])
        {
            await _andi.WarehouseAsync($"SYSTEM REFRESH VIEW marts.{mart}");
            await _andi.WarehouseAsync($"SYSTEM WAIT VIEW marts.{mart}");
        }

        var rows = await _andi.WarehouseAsync<string>("""
            SELECT arrayStringConcat(arraySort(groupArray(concat(
                school_id, '|', product, '|', toString(week), '|', toString(licensed_teachers), '|', toString(active_teachers)))), '\n')
            FROM marts.license_adoption WHERE school_name IN ('One', 'Two') AND district_id = 'D'
            """);
        rows.Split('\n').ShouldBe([
            $"S1|coaching|{Day(0)}|2|2", $"S1|coaching|{Day(7)}|2|1", $"S1|coaching|{Day(14)}|1|0", $"S1|coaching|{Day(21)}|1|0", $"S1|coaching|{Day(28)}|1|0",
            $"S2|resources|{Day(7)}|1|1",
        ]);
        (await _andi.WarehouseAsync<long>("SELECT count() FROM marts.license_adoption")).ShouldBe(6);

        string Day(int days) => monday.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private async Task LoadAsync(string name, params string[] rows)
    {
        var file = Path.Combine(TestState.Empty("licenses"), name);
        await File.WriteAllTextAsync(
            file, $"teacher_id,product,valid_from,valid_until,status\n{string.Join('\n', rows)}\n", TestContext.Current.CancellationToken);
        var loaded = await _andi.RunAsync("load", "teacher_licenses", file);
        loaded.Code.ShouldBe(0, loaded.Output + loaded.Error);
    }
}
