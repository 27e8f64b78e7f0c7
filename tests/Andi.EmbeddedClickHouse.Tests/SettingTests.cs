namespace Andi.EmbeddedClickHouse.Tests;

/// <summary>Each request has settings, a current database and temporary tables of its own, whichever requests come before or beside it.</summary>
public sealed class SettingTests(SharedServer shared)
{
    private ClickHouseClient Client => shared.Client;

    [Fact]
    public async Task Settings_of_a_request_hold_for_it_alone_also_under_load()
    {
        var plain = await Client.AskAsync("SELECT getSetting('max_block_size')");
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            if (i % 3 == 0)
            {
                (await Client.AskAsync("SELECT getSetting('max_block_size')")).ShouldBe(plain);
            }
            else
            {
                (await Client.AskAsync(
                    "SELECT getSetting('max_block_size'), getSetting('log_comment')", $"max_block_size={1000 + i}", $"log_comment=request {i}"))
                    .ShouldBe($"{1000 + i}\trequest {i}");
            }
        });
    }

    [Fact]
    public async Task Set_and_use_and_temporary_tables_end_with_their_request()
    {
        var before = await Client.AskAsync("SELECT getSetting('max_threads'), currentDatabase()");
        for (var i = 0; i < 20; i++)
        {
            await Client.AskAsync("SET max_threads = 63");
            await Client.AskAsync("USE system");
            await Client.AskAsync("CREATE TEMPORARY TABLE fleeting (a Int8) ENGINE = Memory");
            (await Client.AskAsync("SELECT getSetting('max_threads'), currentDatabase()")).ShouldBe(before);
            (await Client.PostAsync("SELECT * FROM fleeting")).ShouldBeError(60, "UNKNOWN_TABLE", 404);
        }
    }

    [Theory]
    [InlineData("SELECT getSetting('max_threads') SETTINGS max_threads = 3", "3")]
    [InlineData("SELECT getSetting('max_threads') SETTINGS max_threads = 3 FORMAT CSV", "3")]
    [InlineData("SELECT getSetting('max_threads') FORMAT CSV SETTINGS max_threads = 3", "3")]
    [InlineData("SELECT getSetting('max_threads')", "61")]
    [InlineData("SELECT getSetting('max_threads') FORMAT CSV", "61")]
    public async Task Statement_s_own_settings_win_over_those_of_the_address(string statement, string expected) =>
        (await Client.AskAsync(statement, "max_threads=61")).ShouldBe(expected);

    [Fact]
    public async Task Settings_reach_inserts_and_definitions()
    {
        var database = await shared.NewDatabaseAsync();
        await Client.AskAsync($"CREATE TABLE {database}.t (a Int8, b Int8) ENGINE = MergeTree ORDER BY tuple()", "data_type_default_nullable=1");
        (await Client.AskAsync($"SELECT groupArray(type) FROM system.columns WHERE database = '{database}'")).ShouldBe("['Nullable(Int8)','Nullable(Int8)']");

        (await Client.InsertAsync($"INSERT INTO {database}.t FORMAT CSV", "1;2\n"u8.ToArray(), "format_csv_delimiter=;")).Status.ShouldBe(200);
        (await Client.InsertAsync($"INSERT INTO {database}.t SETTINGS format_csv_delimiter = '|' FORMAT CSV", "3|4\n"u8.ToArray())).Status.ShouldBe(200);
        (await Client.InsertAsync($"INSERT INTO {database}.t FORMAT CSV", "5,6\n"u8.ToArray())).Status.ShouldBe(200);
        (await Client.AskAsync($"SELECT arraySort(groupArray((a, b))) FROM {database}.t")).ShouldBe("[(1,2),(3,4),(5,6)]");
    }

    [Fact]
    public async Task Setting_that_is_none_or_cannot_have_its_value_is_an_error()
    {
        (await Client.PostAsync("SELECT 1", "max_threds=1")).ShouldBeError(115, "UNKNOWN_SETTING", 404);
        (await Client.PostAsync("SELECT 1", "max_threads=many")).Status.ShouldBe(400);
        (await Client.PostAsync("SELECT 1", "path=/")).ShouldBeError(115, "UNKNOWN_SETTING", 404);
        (await Client.AskAsync("SELECT getSetting('log_comment')", "log_comment=it's --path=/ \"quoted\"")).ShouldBe("it\\'s --path=/ \"quoted\"");
    }

    [Fact]
    public async Task Parameters_are_bound_and_never_become_part_of_the_statement()
    {
        var tricky = "'; DROP DATABASE default; -- \\ \"";
        var escaped = tricky.Replace("\\", "\\\\", StringComparison.Ordinal);
        (await Client.AskAsync("SELECT {s:String} FORMAT RawBLOB", $"param_s={escaped}")).ShouldBe(tricky);
        (await Client.AskAsync("SELECT {a:Array(UInt8)}[2], {n:UInt64} + 1, {d:Date}", "param_a=[1,2,3]", "param_n=41", "param_d=2026-05-01"))
            .ShouldBe("2\t42\t2026-05-01");
        (await Client.AskAsync("SELECT count() FROM {d:Identifier}.{t:Identifier}", "param_d=system", "param_t=one", "default_format=JSONEachRow"))
            .ShouldBe("""{"count()":1}""");
        (await Client.PostAsync("SELECT {n:UInt8}", "param_n=1; SELECT 2")).ShouldBeError(457, "BAD_QUERY_PARAMETER", 500);
    }

    [Fact]
    public async Task Parameters_reach_inserts()
    {
        var database = await shared.NewDatabaseAsync();
        await Client.AskAsync($"CREATE TABLE {database}.t (a Int8) ENGINE = Memory");
        (await Client.InsertAsync("INSERT INTO {d:Identifier}.t FORMAT CSV", "7\n"u8.ToArray(), $"param_d={database}")).Status.ShouldBe(200);
        (await Client.AskAsync($"SELECT a FROM {database}.t")).ShouldBe("7");
    }
}
