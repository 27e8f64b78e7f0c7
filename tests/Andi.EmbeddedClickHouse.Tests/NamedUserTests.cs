using System.Net.Http.Headers;
using System.Text;

namespace Andi.EmbeddedClickHouse.Tests;

public sealed class NamedUserTests(SharedServer shared) : IAsyncLifetime
{
    private ClickHouseClient _reader = null!;
    private ClickHouseClient _writer = null!;

    public async ValueTask InitializeAsync()
    {
        (_reader, _writer) = (NamedUsers.Client(shared.Server, NamedUsers.Reader), NamedUsers.Client(shared.Server, NamedUsers.Writer));
        foreach (var database in (string[])[NamedUsers.Reader, NamedUsers.Writer, "secrets", "columns_test"])
        {
            await shared.Client.AskAsync($"CREATE DATABASE IF NOT EXISTS {database}");
        }

        await shared.Client.AskAsync("CREATE TABLE IF NOT EXISTS secrets.people (name String, open Int32) ENGINE = MergeTree ORDER BY name");
        await shared.Client.AskAsync("CREATE TABLE IF NOT EXISTS columns_test.people (name String, open Int32) ENGINE = MergeTree ORDER BY name");
        await shared.Client.AskAsync("CREATE TABLE IF NOT EXISTS report.numbers (n Int32) ENGINE = MergeTree ORDER BY n");
        await shared.Client.AskAsync("CREATE VIEW IF NOT EXISTS report.named AS SELECT name FROM secrets.people");
        await shared.Client.AskAsync("CREATE VIEW IF NOT EXISTS report.counted SQL SECURITY DEFINER AS SELECT count() AS n FROM secrets.people");
        await shared.Client.AskAsync("CREATE TABLE IF NOT EXISTS writer.events (n Int32) ENGINE = MergeTree ORDER BY n");
        await shared.Client.AskAsync("CREATE MATERIALIZED VIEW IF NOT EXISTS writer.behind TO report.numbers AS SELECT n FROM writer.events");
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Named_user_is_let_in_by_header_by_Basic_and_by_the_address()
    {
        using var stranger = new ClickHouseClient(shared.Server.Address, password: null);
        var basic = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{NamedUsers.Reader}:{NamedUsers.Password}")));
        (await _reader.AskAsync("SELECT currentRoles()")).ShouldBe("['report']");
        (await stranger.AskAsync("SELECT currentRoles()", $"user={NamedUsers.Reader}", $"password={NamedUsers.Password}")).ShouldBe("['report']");
        (await Answer.OfAsync(await stranger.SendAsync(
            HttpMethod.Post, [], new StringContent("SELECT currentRoles()"), headers => headers.Authorization = basic))).Text.ShouldBe("['report']\n");
        (await stranger.PostAsync("SELECT 1", $"user={NamedUsers.Reader}", $"password={ServerProcess.Password}"))
            .ShouldBeError(516, "AUTHENTICATION_FAILED", 401);
    }

    [Theory]
    [InlineData("SELECT count() FROM report.numbers")]
    [InlineData("SELECT n FROM report.counted")]
    [InlineData("SELECT sum(open) FROM columns_test.people")]
    [InlineData("SHOW TABLES FROM report")]
    [InlineData("DESCRIBE TABLE report.numbers")]
    [InlineData("EXPLAIN SELECT n FROM report.numbers")]
    [InlineData("SELECT n FROM report.numbers SETTINGS max_threads = 1 FORMAT JSON")]
    [InlineData("SELECT name FROM system.columns WHERE database = 'report' FORMAT CSVWithNames")]
    [InlineData("SELECT 1 AS file")]
    public async Task Reader_reads_what_is_granted(string statement) => (await _reader.PostAsync(statement)).Status.ShouldBe(200);

    [Theory]
    [InlineData("SELECT * FROM secrets.people")]
    [InlineData("SELECT name FROM columns_test.people")]
    [InlineData("SELECT * FROM columns_test.people")]
    [InlineData("SELECT count() FROM report.named")]
    [InlineData("SELECT * FROM (SELECT * FROM (SELECT `name` FROM `secrets` . `people`))")]
    [InlineData("WITH x AS (SELECT name FROM secrets.people) SELECT * FROM x FORMAT JSON")]
    [InlineData("SELECT 1 WHERE 'Ann' IN (SELECT name FROM secrets.people)")]
    [InlineData("SELECT * FROM merge('secrets', 'people')")]
    [InlineData("SELECT * FROM view(SELECT name FROM secrets.people)")]
    [InlineData("DESCRIBE TABLE secrets.people")]
    [InlineData("SHOW CREATE TABLE secrets.people")]
    [InlineData("INSERT INTO report.numbers VALUES (1)")]
    [InlineData("INSERT INTO report.numbers SELECT 1")]
    [InlineData("CREATE TABLE report.more (n Int32) ENGINE = Memory")]
    [InlineData("CREATE TEMPORARY TABLE more (n Int32)")]
    [InlineData("CREATE VIEW report.more AS SELECT 1")]
    [InlineData("ALTER TABLE report.numbers DELETE WHERE 1")]
    [InlineData("DROP TABLE report.numbers")]
    [InlineData("TRUNCATE TABLE report.numbers")]
    [InlineData("OPTIMIZE TABLE report.numbers FINAL")]
    [InlineData("SET ROLE default")]
    [InlineData("SET ROLE ALL")]
    [InlineData("SET readonly = 0")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SET ROLE ALL; SELECT * FROM secrets.people")]
    [InlineData("SET ROLE default PARALLEL WITH INSERT INTO report.numbers SELECT 1")]
    [InlineData("EXECUTE AS default SELECT * FROM secrets.people")]
    [InlineData("KILL QUERY WHERE 1")]
    [InlineData("SYSTEM SHUTDOWN")]
    [InlineData("SELECT 1 SETTINGS readonly = 0")]
    [InlineData("GRANT ALL ON *.* TO report")]
    [InlineData("BACKUP TABLE report.numbers TO Memory('b')")]
    public async Task Reader_is_refused(string statement)
    {
        var before = await shared.Client.AskAsync("SELECT count() FROM report.numbers");
        (await _reader.PostAsync(statement)).Status.ShouldNotBe(200);
        (await _reader.PostAsync(statement, "readonly=0")).Status.ShouldNotBe(200);
        (await shared.Client.AskAsync("SELECT count() FROM report.numbers")).ShouldBe(before);
    }

    [Fact]
    public async Task Reader_sees_neither_statements_of_others_nor_tables_that_are_closed()
    {
        (await _reader.AskAsync("SELECT count() FROM system.processes")).ShouldBe("0");
        (await _reader.AskAsync("SELECT count() FROM system.errors")).ShouldBe("0");
        (await _reader.AskAsync("SELECT count() FROM system.tables WHERE database = 'secrets'")).ShouldBe("0");
        (await _reader.AskAsync("SHOW DATABASES")).ShouldNotContain("secrets");
        (await shared.Client.AskAsync("SELECT count() > 0 FROM system.processes")).ShouldBe("1");
    }

    [Fact]
    public async Task Writer_writes_what_is_granted_and_views_behind_it_write_with_rights_of_their_own()
    {
        var before = long.Parse(await shared.Client.AskAsync("SELECT count() FROM report.numbers"), provider: null);
        (await _writer.PostAsync("INSERT INTO writer.events VALUES (1)")).Status.ShouldBe(200);
        (await _writer.InsertAsync("INSERT INTO writer.events FORMAT CSV", "2\n3\n"u8.ToArray())).Status.ShouldBe(200);
        (await _writer.PostAsync("INSERT INTO writer.events SELECT 4")).Status.ShouldBe(200);
        long.Parse(await shared.Client.AskAsync("SELECT count() FROM report.numbers"), provider: null).ShouldBe(before + 4);
        (await _writer.PostAsync("CREATE TABLE writer.copy (n Int32) ENGINE = Memory")).Status.ShouldBe(200);
        (await _writer.PostAsync("DROP TABLE writer.copy")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("SELECT * FROM report.numbers")]
    [InlineData("INSERT INTO report.numbers VALUES (1)")]
    [InlineData("INSERT INTO writer.events SELECT n FROM report.numbers")]
    [InlineData("INSERT INTO writer.events VALUES (length(file('/etc/hostname')))")]
    [InlineData("ALTER TABLE writer.events DELETE WHERE 1")]
    [InlineData("CREATE TABLE report.more (n Int32) ENGINE = Memory")]
    [InlineData("CREATE DATABASE more")]
    [InlineData("SET ROLE ALL")]
    [InlineData("KILL QUERY WHERE 1")]
    public async Task Writer_is_refused(string statement) => (await _writer.PostAsync(statement)).Status.ShouldNotBe(200);

    [Theory]
    [InlineData("ClickHouse:Users:a-b:PasswordSha256=00", "made of letters")]
    [InlineData("ClickHouse:Users:ann:PasswordSha256=secret", "not the SHA-256")]
    [InlineData("ClickHouse:Users:ann:Grants:0=everything", "SELECT ON database.*")]
    public async Task Users_that_cannot_be_are_told_at_the_start(string option, string message)
    {
        var (exitCode, output) = await ServerProcess.StartAndFailAsync(null, option);
        exitCode.ShouldBe(1);
        output.ShouldContain(message);
    }
}
