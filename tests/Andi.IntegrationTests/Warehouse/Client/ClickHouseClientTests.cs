using Andi.Warehouse.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Warehouse.Client;

[Collection(WarehouseCollection.Name)]
public sealed class ClickHouseClientTests(ClickHouseFixture clickHouse)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Nasty =>
    [
        "", "plain", "it's", "a\\", "\\'", "tab\tline\nreturn\r", "zero\0end", "b\bf\f", "ünïcödé 🎓", "\"double\" `tick`",
        "{x:String}", "%41&param_v=x+y", "\\N", "[1,2]", "'; DROP TABLE x; --",
    ];

    [Theory]
    [MemberData(nameof(Nasty))]
    public async Task Bound_text_comes_back_as_it_was(string text)
    {
        var statement = new ClickHouseStatement(
            "SELECT {v:String} AS text, [text] = {list:Array(String)} AS same, {list:Array(String)} AS list, {none:Nullable(String)} AS none")
        {
            Parameters = new() { { "v", text }, { "list", new[] { text } }, { "none", (string?)null } },
        };
        var row = (await clickHouse.Client.QueryAsync<TextRow>(statement, Cancel)).ShouldHaveSingleItem();
        row.Text.ShouldBe(text);
        row.List.ShouldBe([text]);
        row.Same.ShouldBe(1);
        row.None.ShouldBeNull();
    }

    [Fact]
    public async Task Numbers_are_exact_at_their_limits()
    {
        var statement = new ClickHouseStatement(
            "SELECT {s:Int64} AS low, {u:UInt64} AS high, {f:Float64} AS real, {d:Decimal(18, 4)} AS exact, {day:Date} AS day")
        {
            Parameters = new()
            {
                { "s", long.MinValue }, { "u", ulong.MaxValue }, { "f", 0.1 + 0.2 }, { "d", -12345.6789m }, { "day", new DateOnly(2026, 2, 28) },
            },
        };
        var row = (await clickHouse.Client.QueryAsync<NumberRow>(statement, Cancel)).ShouldHaveSingleItem();
        row.ShouldBe(new NumberRow(long.MinValue, ulong.MaxValue, 0.1 + 0.2, -12345.6789m, new DateOnly(2026, 2, 28)));
    }

    [Fact]
    public async Task Error_has_its_code_and_name()
    {
        var error = await Should.ThrowAsync<ClickHouseException>(() => clickHouse.Client.ScalarAsync<int>(new("SELECT * FROM nowhere.nothing"), Cancel));
        error.Code.ShouldBe(81);
        error.Name.ShouldBe("UNKNOWN_DATABASE");
        error.Message.ShouldContain("nowhere");
        error.IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task Wrong_password_is_refused()
    {
        using var client = new ClickHouseClient(clickHouse.Options with { Password = "wrong" }, NullLogger<ClickHouseClient>.Instance);
        var error = await Should.ThrowAsync<ClickHouseException>(() => client.ScalarAsync<int>(new("SELECT 1"), Cancel));
        error.Code.ShouldBe(516);
        error.Message.ShouldNotContain("wrong");
    }

    [Fact]
    public async Task Failure_in_the_middle_of_an_answer_is_no_short_answer()
    {
        var statement = new ClickHouseStatement("SELECT throwIf(number = 3000000)::UInt64 AS number FROM numbers(10000000)")
        {
            Settings = new Dictionary<string, string> { ["max_threads"] = "1" },
        };
        var seen = 0L;
        var error = await Should.ThrowAsync<ClickHouseException>(async () =>
        {
            await foreach (var _ in clickHouse.Client.StreamAsync<OneNumber>(statement, Cancel))
            {
                seen++;
            }
        });
        seen.ShouldBeInRange(1, 3_000_000);
        error.Code.ShouldBe(395);
        (await Should.ThrowAsync<ClickHouseException>(() => clickHouse.Client.QueryAsync<OneNumber>(statement, Cancel))).Code.ShouldBe(395);
    }

    [Fact]
    public async Task Rows_are_inserted_from_a_stream_and_from_memory()
    {
        await clickHouse.Client.ExecuteAsync(new("CREATE DATABASE IF NOT EXISTS client_tests"), Cancel);
        await clickHouse.Client.ExecuteAsync(
            new("CREATE TABLE client_tests.inserted (n UInt64, `odd ``name` String DEFAULT 'none') ENGINE = MergeTree ORDER BY n"), Cancel);
        var summary = await clickHouse.Client.InsertAsync(
            new ClickHouseInsert("client_tests", "inserted", "RowBinary") { Columns = ["n"] },
            async (body, cancel) =>
            {
                for (var n = 0ul; n < 100_000; n++)
                {
                    await body.WriteAsync(BitConverter.GetBytes(n), cancel);
                }
            },
            Cancel);
        summary.WrittenRows.ShouldBe(100_000);

        await clickHouse.Client.InsertAsync(
            new ClickHouseInsert("client_tests", "inserted", "JSONEachRow") { Columns = ["n", "odd `name"] },
            """{"n":100000,"odd `name":"last"}"""u8.ToArray(), Cancel);
        (await clickHouse.Client.ScalarAsync<ulong>(new("SELECT sum(n) FROM client_tests.inserted"), Cancel)).ShouldBe(100_000ul * 100_001 / 2);
        (await clickHouse.Client.ScalarAsync<string>(new("SELECT max(`odd ``name`) FROM client_tests.inserted"), Cancel)).ShouldBe("none");
    }

    [Fact]
    public async Task Insert_whose_writer_fails_inserts_nothing()
    {
        await clickHouse.Client.ExecuteAsync(new("CREATE DATABASE IF NOT EXISTS client_tests"), Cancel);
        await clickHouse.Client.ExecuteAsync(new("CREATE TABLE client_tests.broken (n UInt64) ENGINE = MergeTree ORDER BY n"), Cancel);
        var error = await Should.ThrowAsync<FormatException>(() => clickHouse.Client.InsertAsync(
            new ClickHouseInsert("client_tests", "broken", "RowBinary"),
            async (body, cancel) =>
            {
                await body.WriteAsync(new byte[8 * 50_000], cancel);
                await body.FlushAsync(cancel);
                throw new FormatException("row 50001 makes no sense");
            },
            Cancel));
        error.Message.ShouldContain("row 50001 makes no sense");
        await Task.Delay(200, Cancel);
        (await clickHouse.Client.ScalarAsync<int>(new("SELECT count() FROM client_tests.broken"), Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Call_ends_at_its_time_limit()
    {
        var statement = new ClickHouseStatement("SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))")
        {
            Timeout = TimeSpan.FromSeconds(1),
        };
        var start = DateTime.UtcNow;
        var failure = await Should.ThrowAsync<Exception>(() => clickHouse.Client.ScalarAsync<long>(statement, Cancel));
        (failure is TimeoutException or ClickHouseException { Code: 159 }).ShouldBeTrue(failure.ToString());
        (DateTime.UtcNow - start).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task No_server_is_a_connection_failure()
    {
        using var client = new ClickHouseClient(ClickHouseOptions.Parse("Host=127.0.0.1;Port=1"), NullLogger<ClickHouseClient>.Instance);
        var error = await Should.ThrowAsync<ClickHouseException>(() => client.ScalarAsync<int>(new("SELECT 1"), Cancel));
        error.Code.ShouldBe(ClickHouseException.ConnectionFailed);
        error.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task Scalar_needs_a_value()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => clickHouse.Client.ScalarAsync<int>(new("SELECT 1 WHERE 0"), Cancel));
        await Should.ThrowAsync<InvalidOperationException>(() => clickHouse.Client.ScalarAsync<int>(new("SELECT NULL"), Cancel));
        (await clickHouse.Client.ScalarAsync<string>(new("SELECT 'a\\nb\\t\\\\'"), Cancel)).ShouldBe("a\nb\t\\");
        (await clickHouse.Client.ScalarAsync<UInt128>(new("SELECT toUInt128('340282366920938463463374607431768211455')"), Cancel)).ShouldBe(UInt128.MaxValue);
    }
}

public sealed record TextRow(string Text, int Same, string[] List, string? None);

public sealed record NumberRow(long Low, ulong High, double Real, decimal Exact, DateOnly Day);

public sealed record OneNumber(ulong Number);
