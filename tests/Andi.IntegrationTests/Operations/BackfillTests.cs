namespace Andi.IntegrationTests.Operations;

public sealed class BackfillTests(AndiUnderTest andi) : IClassFixture<AndiUnderTest>
{
    [Fact]
    public async Task Column_that_landed_before_it_had_a_home_is_filled_and_leaves_the_unmapped_ones_alone()
    {
        await andi.ExecuteAsync("INSERT INTO districts VALUES ('D1', 'Before', 'CA')");
        await andi.ExecuteAsync("""
            ALTER TABLE districts ADD COLUMN size int, ADD COLUMN nickname text;
            INSERT INTO districts VALUES ('D2', 'Both', 'CA', 7, 'it''s "two"'), ('D3', 'Neither', 'CA', NULL, NULL);
            UPDATE districts SET size = 8 WHERE district_id = 'D2';
            """);
        await andi.WaitUntilAppliedAsync();
        await andi.WarehouseAsync("ALTER TABLE staging.districts_changes ADD COLUMN size Nullable(Int32)");

        var dry = await andi.RunAsync("backfill", "--dry-run");
        dry.Output.ShouldContain("staging.districts_changes.size: 4 rows to fill");
        var filled = await andi.RunAsync("backfill");
        filled.Code.ShouldBe(0, filled.Output + filled.Error);
        (await RowsAsync()).ShouldBe(
            """[('D1',1,NULL,''),('D2',1,7,'{"nickname":"it\'s \\"two\\""}'),('D2',-1,7,'{"nickname":"it\'s \\"two\\""}'),"""
            + """('D2',1,8,'{"nickname":"it\'s \\"two\\""}'),('D3',1,NULL,'{"nickname":null}')]""");
        (await andi.RunAsync("backfill")).Output.ShouldContain("Nothing to fill.");

        await andi.WarehouseAsync("ALTER TABLE staging.districts_changes ADD COLUMN nickname String");
        var partly = await andi.RunAsync("backfill");
        partly.Code.ShouldBe(3, "a null does not fit a column that is not Nullable");
        (await RowsAsync()).ShouldContain("""('D3',1,NULL,'{"nickname":null}')""");
        (await andi.WarehouseAsync<string>("SELECT arrayStringConcat(arraySort(groupUniqArray(nickname)), '|') FROM staging.districts_changes"))
            .ShouldBe("|it's \"two\"");
    }

    private Task<string> RowsAsync() => andi.WarehouseAsync<string>(
        "SELECT groupArray((district_id, _sign, size, _unmapped)) FROM (SELECT * FROM staging.districts_changes ORDER BY district_id, _position, _sign)");
}
