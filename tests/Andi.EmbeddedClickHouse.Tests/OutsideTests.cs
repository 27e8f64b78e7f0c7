namespace Andi.EmbeddedClickHouse.Tests;

/// <summary>What reaches beyond the data folder, which is refused to everybody unless it was allowed.</summary>
public sealed class OutsideTests(SharedServer shared) : IAsyncLifetime
{
    private const string Secret = "the content of a file of this machine";

    private readonly string _folder = Directory.CreateTempSubdirectory("andi-outside-").FullName;

    private string SecretFile => Path.Combine(_folder, "secret");

    private string Target => Path.Combine(_folder, "made");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(SecretFile, Secret);
        await shared.Client.AskAsync("CREATE DATABASE IF NOT EXISTS outside");
        await shared.Client.AskAsync("CREATE DATABASE IF NOT EXISTS report");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary><c>SECRET</c> is a file to be read, <c>MADE</c> one to be written, port 1 answers nobody.</summary>
    public static TheoryData<string> Statements { get; } =
    [
        "SELECT * FROM file('SECRET', 'LineAsString')",
        "SELECT * FROM FiLe('SECRET', 'LineAsString')",
        "SELECT * FROM `file`('SECRET', 'LineAsString')",
        "SELECT * FROM file/* a comment */('SECRET', 'LineAsString')",
        "SELECT * FROM (SELECT * FROM (SELECT * FROM file('SECRET', 'LineAsString')))",
        "SELECT * FROM view(SELECT * FROM file('SECRET', 'LineAsString'))",
        "WITH x AS (SELECT * FROM file('SECRET', 'LineAsString')) SELECT * FROM x FORMAT JSON",
        "SELECT 1 WHERE 'a' IN (SELECT line FROM file('SECRET', 'LineAsString'))",
        "DESCRIBE TABLE file('SECRET')",
        "DESCRIBE file('SECRET', 'LineAsString')",
        "EXPLAIN PIPELINE SELECT * FROM file('SECRET', 'LineAsString')",
        "CREATE TABLE outside.t AS file('SECRET', 'LineAsString')",
        "CREATE TABLE outside.t ENGINE = Memory AS SELECT * FROM file('SECRET', 'LineAsString')",
        "CREATE VIEW outside.v AS SELECT * FROM file('SECRET', 'LineAsString')",
        "INSERT INTO FUNCTION file('MADE', 'CSV', 'n Int32') SELECT 1",
        "INSERT INTO FUNCTION file('MADE', 'CSV', 'n Int32') VALUES (1)",
        "INSERT INTO TABLE FUNCTION url('http://127.0.0.1:1/', 'CSV', 'n Int32') SELECT 1",
        "SELECT * FROM fileCluster('c', 'SECRET', 'LineAsString')",
        "SELECT file('SECRET')",
        "SELECT `file`('SECRET')",
        "SELECT \"file\"('SECRET')",
        "SELECT \u201Cfile\u201D('SECRET')",
        @"SELECT `fi\x6ce`('SECRET')",
        "SELECT file\u2003('SECRET')",
        "SELECT file -- a comment\n('SECRET')",
        "SELECT arrayMap(file, ['SECRET'])",
        "SELECT arrayMap(x -> file(x), ['SECRET'])",
        "SELECT * APPLY(file) FROM (SELECT 'SECRET')",
        "SELECT * APPLY file FROM (SELECT 'SECRET')",
        "CREATE FUNCTION outside_f AS x -> file(x)",
        "SELECT 1 FORMAT Template SETTINGS format_template_row = 'SECRET'",
        "SELECT 1 FORMAT Template SETTINGS `format_template_resultset` = 'SECRET'",
        "SELECT 1 INTO OUTFILE 'MADE'",
        "SELECT 1 INTO\u2003OUTFILE 'MADE'",
        "SELECT \u2018/*\u2019 INTO OUTFILE 'MADE' --*/",
        "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')",
        "SELECT * FROM URL('http://127.0.0.1:1/', 'LineAsString')",
        "SELECT * FROM urlCluster('c', 'http://127.0.0.1:1/', 'LineAsString')",
        "SELECT * FROM s3('http://127.0.0.1:1/bucket/key', 'LineAsString')",
        "SELECT * FROM s3Cluster('c', 'http://127.0.0.1:1/bucket/key', 'LineAsString')",
        "SELECT * FROM gcs('http://127.0.0.1:1/bucket/key', 'LineAsString')",
        "SELECT * FROM azureBlobStorage('http://127.0.0.1:1/', 'c', 'p', 'a', 'YQ==', 'LineAsString')",
        "SELECT * FROM remote('127.0.0.1:1', 'system', 'one')",
        "SELECT * FROM remoteSecure('127.0.0.1:1', 'system', 'one')",
        "SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')",
        "SELECT * FROM postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')",
        "SELECT * FROM mongodb('127.0.0.1:1', 'a', 'b', 'c', 'd', 'e String')",
        "SELECT * FROM redis('127.0.0.1:1', 'k', 'k String')",
        "SELECT * FROM sqlite('MADE', 't')",
        "SELECT * FROM odbc('a', 'b', 'c')",
        "SELECT * FROM jdbc('a', 'b', 'c')",
        "SELECT * FROM hdfs('hdfs://127.0.0.1:1/a', 'LineAsString')",
        "SELECT * FROM icebergLocal('SECRET')",
        "SELECT * FROM deltaLakeLocal('SECRET')",
        "SELECT * FROM executable('cat SECRET', 'LineAsString', 'a String')",
        "SELECT * FROM input('n Int32')",
        "CREATE TABLE outside.t (a String) ENGINE = File(LineAsString, 'SECRET')",
        "CREATE TABLE outside.t (a String) ENGINE File(LineAsString, 'SECRET')",
        "CREATE TABLE outside.t (a String) /* ENGINE = Memory */ eNgInE\n= `File`(LineAsString, 'SECRET')",
        "CREATE TEMPORARY TABLE t (a String) ENGINE = File(LineAsString, 'SECRET')",
        "CREATE TABLE outside.t (a String) ENGINE = URL('http://127.0.0.1:1/', 'CSV')",
        "CREATE TABLE outside.t (a String) ENGINE = S3('http://127.0.0.1:1/bucket/key', 'CSV')",
        "CREATE TABLE outside.t (a String) ENGINE = Executable('cat', 'CSV')",
        "CREATE TABLE outside.t (a String) ENGINE = Distributed('c', 'system', 'one')",
        "CREATE TABLE outside.t (a String) ENGINE = MySQL('127.0.0.1:1', 'a', 'b', 'c', 'd')",
        "CREATE TABLE outside.t (a String) ENGINE = Kafka('127.0.0.1:1', 't', 'g', 'CSV')",
        "ATTACH TABLE outside.t FROM 'SECRET' (a String) ENGINE = File(CSV)",
        "CREATE DATABASE outside_d ENGINE = Filesystem('/')",
        "CREATE DATABASE outside_d ENGINE = SQLite('MADE')",
        "CREATE DATABASE outside_d ENGINE = PostgreSQL('127.0.0.1:1', 'a', 'b', 'c')",
        "CREATE DICTIONARY outside.d (a UInt64, b String) PRIMARY KEY a SOURCE(FILE(PATH 'SECRET' FORMAT 'CSV')) LAYOUT(FLAT()) LIFETIME(0)",
        "CREATE DICTIONARY outside.d (a UInt64, b String) PRIMARY KEY a SOURCE(HTTP(URL 'http://127.0.0.1:1/' FORMAT 'CSV')) LAYOUT(FLAT()) LIFETIME(0)",
        "CREATE NAMED COLLECTION outside_c AS url = 'http://127.0.0.1:1/'",
        "BACKUP DATABASE outside TO File('MADE')",
        "BACKUP DATABASE outside TO S3('http://127.0.0.1:1/bucket/key', 'a', 'b')",
        "RESTORE DATABASE outside FROM S3('http://127.0.0.1:1/bucket/key', 'a', 'b')",
        "BACKUP DATABASE outside TO AzureBlobStorage('http://127.0.0.1:1/', 'c', 'p')",
    ];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Statement_that_reaches_outside_is_refused(string template)
    {
        var statement = template.Replace("SECRET", SecretFile, StringComparison.Ordinal).Replace("MADE", Target, StringComparison.Ordinal);
        using var reader = NamedUsers.Client(shared.Server, NamedUsers.Reader);
        foreach (var client in (ClickHouseClient[])[shared.Client, reader])
        {
            var answer = await client.PostAsync(statement);
            answer.Status.ShouldNotBe(200);
            answer.Text.ShouldNotContain(Secret);
            File.Exists(Target).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Setting_of_the_address_that_names_a_file_is_refused() =>
        (await shared.Client.PostAsync("SELECT 1 FORMAT Template", $"format_template_row={SecretFile}")).ShouldBeError(497, "ACCESS_DENIED", 403);

    [Theory]
    [InlineData("SELECT 'file(1)', \"t\".file FROM (SELECT 1 AS file) AS t")]
    [InlineData("SELECT engine FROM system.tables WHERE engine = 'URL' AND engine LIKE 'F%'")]
    [InlineData("SELECT 'Straße', \u2018Größe\u2019")]
    public async Task Words_that_only_look_alike_are_taken(string statement) => (await shared.Client.PostAsync(statement)).Status.ShouldBe(200);

    [Fact]
    public async Task Source_that_configuration_allows_is_taken()
    {
        await using var server = await ServerProcess.StartAsync(null, "ClickHouse:AllowedSources:0=FILE");
        using var client = server.Client();
        (await client.AskAsync($"SELECT * FROM file('{SecretFile}', 'LineAsString')")).ShouldBe(Secret);
        (await client.AskAsync($"SELECT file('{SecretFile}')")).ShouldBe(Secret);
        (await client.PostAsync("SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')")).ShouldBeError(497, "ACCESS_DENIED", 403);
    }
}
