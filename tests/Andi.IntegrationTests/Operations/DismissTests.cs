using System.Text.Json;

namespace Andi.IntegrationTests.Operations;

public sealed class DismissTests(AndiUnderTest andi) : IClassFixture<AndiUnderTest>
{
    private const int Differs = 3;

    /// <summary>Kind: one row that ClickHouse refuses holds its partition, and reads of all areas, for ever; resync does not get past it.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task Refused_row_is_a_dead_letter_that_can_be_dismissed_once_nothing_is_missing_without_it()
    {
        await andi.ExecuteAsync("""
            INSERT INTO districts VALUES ('D', 'North', 'CA');
            INSERT INTO schools VALUES ('S', 'Lincoln', 'D');
            INSERT INTO teachers VALUES ('T', 'Ms. Rivera', 'S');
            DO $$ DECLARE name text; BEGIN
                FOR name IN SELECT conname FROM pg_constraint WHERE conrelid = 'ciq_sessions'::regclass AND contype = 'c' LOOP
                    EXECUTE format('ALTER TABLE ciq_sessions DROP CONSTRAINT %I', name);
                END LOOP;
            END $$
            """);
        await WriteSessionAsync("good", 50);
        await andi.WaitUntilAppliedAsync();
        await andi.ExecuteAsync("UPDATE ciq_sessions SET ciq_score = 105 WHERE session_id = 'good'");
        await WriteSessionAsync("next", 60);
        await andi.WaitUntilAppliedAsync();
        (await StandingAsync()).ShouldBe("[('good',50),('next',60)]");
        (await OutstandingAsync()).ShouldHaveSingleItem().ShouldContain("scores_are_0_to_100");

        var differs = await andi.RunAsync("dlq", "dismiss", "--all", "--because", "nobody needs it");
        differs.Code.ShouldBe(Differs, differs.Output + differs.Error);
        differs.Output.ShouldContain("105");
        (await OutstandingAsync()).Count.ShouldBe(1);

        // Put right, it is what the warehouse has had all the time; the correction takes back a row that was never there, so it is a dead letter, too.
        await andi.ExecuteAsync("UPDATE ciq_sessions SET ciq_score = 50 WHERE session_id = 'good'");
        await andi.WaitUntilAppliedAsync();
        (await OutstandingAsync()).Count.ShouldBe(2);
        var dismissed = await andi.RunAsync("dlq", "dismiss", "--all", "--because", "corrected since");
        dismissed.Code.ShouldBe(0, dismissed.Output + dismissed.Error);
        (await OutstandingAsync()).ShouldBeEmpty();
        (await andi.RunAsync("dlq", "list")).Output.ShouldContain("corrected since");
        (await andi.RunAsync("dlq", "replay", "--all")).Output.ShouldContain("0 of 0 replayed");

        // A rebuild gets past such a row; one table sent anew has it right again.
        await andi.ExecuteAsync("UPDATE ciq_sessions SET ciq_score = 105 WHERE session_id = 'good'");
        var resync = await andi.RunAsync("resync");
        resync.Code.ShouldBe(0, resync.Output + resync.Error);
        await andi.ExecuteAsync("UPDATE ciq_sessions SET ciq_score = 95 WHERE session_id = 'good'");
        var table = await andi.RunAsync("resync", "--table", "ciq_sessions");
        table.Code.ShouldBe(0, table.Output + table.Error);
        await andi.WaitUntilAppliedAsync();
        (await StandingAsync()).ShouldBe("[('good',95),('next',60)]");
        (await andi.RunAsync("resync", "--table", "no_such_table")).Error.ShouldContain("no_such_table");
        var check = await andi.RunAsync("check");
        check.Code.ShouldBe(0, check.Output + check.Error);
    }

    private Task WriteSessionAsync(string id, int score) => andi.ExecuteAsync($"""
        INSERT INTO ciq_sessions (session_id, teacher_id, subject, grade, started_at, duration_seconds, student_count, ciq_score, equity_score,
            wait_time_seconds, student_engagement, teacher_talk_ratio, open_questions, closed_questions, school_id, district_id, state_id)
        VALUES ('{id}', 'T', 'math', '4', now(), 1800, 20, {score}, 50, 2.5, 70, 0.5, 3, 4, 'S', 'D', 'CA')
        """);

    private Task<string> StandingAsync() => andi.WarehouseAsync<string>(
        "SELECT groupArray((session_id, ciq_score)) FROM (SELECT * FROM facts.ciq_sessions_current ORDER BY session_id)");

    private async Task<IReadOnlyList<string>> OutstandingAsync() =>
        [
            .. JsonDocument.Parse((await andi.RunAsync("dlq", "list", "--outstanding", "--json")).Output).RootElement.EnumerateArray()
                .Select(letter => letter.GetProperty("reason").GetString()!),
        ];
}
