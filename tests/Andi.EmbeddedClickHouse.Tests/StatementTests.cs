namespace Andi.EmbeddedClickHouse.Tests;

public sealed class StatementTests(SharedServer shared)
{
    private ClickHouseClient Client => shared.Client;

    [Fact]
    public async Task Statement_may_stand_in_the_address_in_the_body_or_half_in_each()
    {
        (await Get("SELECT 1")).Text.ShouldBe("1\n");
        (await Client.PostAsync("SELECT 2")).Text.ShouldBe("2\n");
        (await Client.PostAsync("", "query=SELECT 3")).Text.ShouldBe("3\n");
        (await Client.PostAsync("4", "query=SELECT")).Text.ShouldBe("4\n");
    }

    [Fact]
    public async Task Get_reads_only()
    {
        var database = await shared.NewDatabaseAsync();
        (await Get($"CREATE TABLE {database}.t (a Int8) ENGINE = Memory")).ShouldBeError(164, "READONLY", 500);
        (await Get($"CREATE TABLE {database}.t (a Int8) ENGINE = Memory", "readonly=0")).ShouldBeError(164, "READONLY", 500);
        (await Client.AskAsync($"EXISTS {database}.t")).ShouldBe("0");
    }

    [Theory]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1 FORMAT JSON; SELECT 2")]
    [InlineData("SELECT 1; DROP DATABASE {db}")]
    [InlineData("CREATE TABLE {db}.t (a Int8) ENGINE = Memory; SELECT 1")]
    [InlineData("EXISTS {db}.t; DROP DATABASE {db}")]
    public async Task Second_statement_is_refused_and_nothing_runs(string statements)
    {
        var database = await shared.NewDatabaseAsync();
        var text = statements.Replace("{db}", database, StringComparison.Ordinal);
        (await Client.PostAsync(text)).ShouldBeError(62, "SYNTAX_ERROR", 400);
        (await Client.PostAsync(text, "default_format=JSON")).ShouldBeError(62, "SYNTAX_ERROR", 400);
        (await Client.AskAsync($"SELECT count() FROM system.tables WHERE database = '{database}'")).ShouldBe("0");
        (await Client.AskAsync($"SELECT count() FROM system.databases WHERE name = '{database}'")).ShouldBe("1");
    }

    [Theory]
    [InlineData("SELECT * FROM no_such_table", 60, "UNKNOWN_TABLE", 404)]
    [InlineData("SELECT * FROM no_such_database.t", 81, "UNKNOWN_DATABASE", 404)]
    [InlineData("SELECT no_such_function(1)", 46, "UNKNOWN_FUNCTION", 404)]
    [InlineData("SELECT no_such_column", 47, "UNKNOWN_IDENTIFIER", 404)]
    [InlineData("SELECT 1 FORMAT NoSuchFormat", 73, "UNKNOWN_FORMAT", 404)]
    [InlineData("SELEC", 62, "SYNTAX_ERROR", 400)]
    [InlineData("SELECT 'open", 62, "SYNTAX_ERROR", 400)]
    [InlineData("", 62, "SYNTAX_ERROR", 400)]
    [InlineData("-- nothing", 62, "SYNTAX_ERROR", 400)]
    [InlineData("SELECT toDate('nonsense')", 38, "CANNOT_PARSE_DATE", 400)]
    [InlineData("SELECT throwIf(1)", 395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO", 500)]
    [InlineData("SELECT {a:Int8}", 456, "UNKNOWN_QUERY_PARAMETER", 500)]
    [InlineData("SELECT sleep(3) SETTINGS max_execution_time = 1", 159, "TIMEOUT_EXCEEDED", 408)]
    [InlineData("SELECT 1 INTO OUTFILE 'x'", 358, "INTO_OUTFILE_NOT_ALLOWED", 500)]
    [InlineData("INSERT INTO t FROM INFILE 'x' FORMAT CSV", 48, "NOT_IMPLEMENTED", 501)]
    [InlineData("INSERT INTO no_such_table VALUES (1)", 60, "UNKNOWN_TABLE", 404)]
    public async Task Error_has_the_code_the_name_and_the_status_ClickHouse_gives_it(string statement, int code, string name, int status)
    {
        var answer = (await Client.PostAsync(statement)).ShouldBeError(code, name, status);
        answer.Text.ShouldContain("(version 26.");
        answer.Header("X-ClickHouse-Query-Id").ShouldNotBeNullOrEmpty();
        (await Client.PostAsync(statement, "default_format=JSON")).ShouldBeError(code, name, status);
    }

    [Fact]
    public async Task Answer_tells_what_was_asked()
    {
        var answer = await Client.PostAsync("SELECT number FROM numbers(1000)", "query_id=my-id", "default_format=CSV");
        answer.Header("X-ClickHouse-Query-Id").ShouldBe("my-id");
        answer.Header("X-ClickHouse-Format").ShouldBe("CSV");
        answer.Header("X-ClickHouse-Timezone").ShouldBe(await Client.AskAsync("SELECT timezone()"));
        answer.Header("X-ClickHouse-Server-Display-Name").ShouldNotBeNullOrEmpty();
        answer.ContentHeaders.ContentType!.MediaType.ShouldBe("text/csv");
        answer.Summary("read_rows").ShouldBe(1000);
        answer.Summary("result_rows").ShouldBe(1000);
        answer.Summary("elapsed_ns").ShouldBeGreaterThan(0);
        var named = await Client.PostAsync("SELECT 1 FORMAT JSONEachRow", "default_format=CSV");
        named.Header("X-ClickHouse-Format").ShouldBe("JSONEachRow");
    }

    [Fact]
    public async Task Database_is_chosen_by_the_request()
    {
        var database = await shared.NewDatabaseAsync();
        await Client.AskAsync("CREATE TABLE t (a Int8) ENGINE = Memory", $"database={database}");
        (await Client.AskAsync("SELECT currentDatabase(), (SELECT count() FROM t)", $"database={database}")).ShouldBe($"{database}\t0");
        (await Client.AskAsync("SELECT currentDatabase()")).ShouldBe("default");
        (await Client.PostAsync("SELECT 1", "database=no_such_database")).ShouldBeError(81, "UNKNOWN_DATABASE", 404);
        (await Client.PostAsync("SELECT 1", "database=no`such")).ShouldBeError(81, "UNKNOWN_DATABASE", 404);
    }

    [Fact]
    public async Task Health_needs_no_statement()
    {
        using var http = new HttpClient { BaseAddress = shared.Server.Address };
        (await http.GetStringAsync("/ping", TestContext.Current.CancellationToken)).ShouldBe("Ok.\n");
        (await http.GetStringAsync("/replicas_status", TestContext.Current.CancellationToken)).ShouldBe("Ok.\n");
        (await http.GetStringAsync("/", TestContext.Current.CancellationToken)).ShouldBe("Ok.\n");
        (await http.GetAsync("/nothing", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_not_served_is_said()
    {
        (await Client.PostAsync("SELECT 1", "compress=1")).ShouldBeError(48, "NOT_IMPLEMENTED", 501);
        (await Client.PostAsync("SELECT 1", "session_id=a")).ShouldBeError(48, "NOT_IMPLEMENTED", 501);
        (await Client.PostAsync("SELECT 1", "role=a")).ShouldBeError(511, "UNKNOWN_ROLE", 404);
    }

    private async Task<Answer> Get(string statement, params string[] parameters) =>
        await Answer.OfAsync(await Client.SendAsync(HttpMethod.Get, [$"query={statement}", .. parameters]));
}
