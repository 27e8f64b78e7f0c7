using System.Text.Json;

namespace Andi.IntegrationTests.Operations;

/// <summary>The comparison of rows holds one row of each side, however many there are.</summary>
public sealed class LargeCheckTests(EnginesFixture engines)
{
    private const int Rows = 1_000_000;

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_million_rows_are_compared_in_128_MiB_and_the_one_that_differs_is_named()
    {
        await using var andi = new AndiUnderTest(engines) { HasServices = false };
        await andi.InitializeAsync();
        await andi.ExecuteAsync($"""
            SET session_replication_role = replica;
            INSERT INTO students SELECT 'P' || i, 'Student ' || i, (1 + i % 12)::text, 'S' || (i % 500) FROM generate_series(1, {Rows}) AS i;
            UPDATE students SET name = 'Another' WHERE student_id = 'P777777';
            SET session_replication_role = origin;
            """);
        await andi.WarehouseAsync($"""
            INSERT INTO dims.students (_generation, student_id, name, grade, school_id, _committed_at, _version, _is_deleted)
            SELECT
                1, concat('P', toString(number)), concat('Student ', toString(number)), toString(1 + number % 12), concat('S', toString(number % 500)),
                now(), 2, 0
            FROM numbers(1, {Rows})
            """);
        await andi.ExecuteOnLedgerAsync($"""
            INSERT INTO partitions (topic, partition, generation, fence, owner, taken_at, applied_offset, commit_lsn)
            VALUES ('{andi.TopicPrefix}.public.students', 0, 1, 1, 'a test', now(), 1, 'FFFFFFFF/0')
            """);

        var limited = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "8000000" };
        var check = await andi.RunAsync(limited, "check", "--json", "--part", "rows");

        check.Code.ShouldBe(3, check.Output + check.Error);
        var students = JsonDocument.Parse(check.Output).RootElement.GetProperty("findings").EnumerateArray()
            .Single(finding => finding.GetProperty("subject").GetString() == "dims.students");
        students.GetProperty("compared").GetInt64().ShouldBe(Rows);
        students.GetProperty("shown").EnumerateArray().ShouldHaveSingleItem().GetProperty("key").GetString().ShouldBe("P777777");
    }
}
