using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Andi.EmbeddedClickHouse.Tests;

public sealed class ResultTests(SharedServer shared)
{
    private ClickHouseClient Client => shared.Client;

    /// <summary>The engine hands over results in parts; where a format has a head, a foot or separators there must be one of each.</summary>
    [Fact]
    public async Task Large_result_is_one_document()
    {
        const int Rows = 300_000;
        var json = JsonDocument.Parse((await Client.PostAsync($"SELECT number FROM numbers({Rows}) FORMAT JSON")).Bytes).RootElement;
        json.GetProperty("rows").GetInt32().ShouldBe(Rows);
        json.GetProperty("data").GetArrayLength().ShouldBe(Rows);

        var csv = (await Client.AskAsync($"SELECT number FROM numbers({Rows}) FORMAT CSVWithNames")).Split('\n');
        csv.Length.ShouldBe(Rows + 1);
        csv[0].ShouldBe("\"number\"");
        csv[^1].ShouldBe($"{Rows - 1}");
        csv.Count(line => line.Contains("number", StringComparison.Ordinal)).ShouldBe(1);

        var array = JsonDocument.Parse(
            (await Client.PostAsync($"SELECT number FROM numbers({Rows}) FORMAT JSONEachRow", "output_format_json_array_of_rows=1")).Bytes);
        array.RootElement.GetArrayLength().ShouldBe(Rows);
    }

    [Theory]
    [InlineData("Parquet")]
    [InlineData("Arrow")]
    [InlineData("ORC")]
    [InlineData("Native")]
    [InlineData("RowBinaryWithNamesAndTypes")]
    [InlineData("RowBinary")]
    [InlineData("Avro")]
    [InlineData("MsgPack")]
    [InlineData("JSONCompactEachRowWithNames")]
    public async Task Result_can_be_inserted_again(string format)
    {
        var database = await shared.NewDatabaseAsync();
        await Client.AskAsync($"CREATE TABLE {database}.t (a UInt64, b String) ENGINE = MergeTree ORDER BY a");
        var rows = await Client.PostAsync($"SELECT number AS a, toString(number) AS b FROM numbers(200000) FORMAT {format}", "max_block_size=7000");
        (await Client.InsertAsync($"INSERT INTO {database}.t FORMAT {format}", rows.Bytes)).Status.ShouldBe(200);
        (await Client.AskAsync($"SELECT count(), sum(a), sum(toUInt64(b)) FROM {database}.t")).ShouldBe($"200000\t{199999L * 100000}\t{199999L * 100000}");
    }

    [Fact]
    public async Task Totals_and_extremes_stand_once_at_the_end()
    {
        var json = JsonDocument.Parse((await Client.PostAsync(
            "SELECT number % 3 AS k, count() AS c FROM numbers(100) GROUP BY k WITH TOTALS ORDER BY k FORMAT JSON",
            "extremes=1", "max_block_size=1")).Bytes).RootElement;
        json.GetProperty("data").GetArrayLength().ShouldBe(3);
        json.GetProperty("totals").GetProperty("c").GetInt32().ShouldBe(100);
        json.GetProperty("extremes").GetProperty("max").GetProperty("c").GetInt32().ShouldBe(34);
    }

    [Theory]
    [InlineData("JSON")]
    [InlineData("JSONEachRow")]
    public async Task Empty_result_is_a_result(string format)
    {
        var answer = await Client.PostAsync($"SELECT number FROM numbers(10) WHERE number > 100 FORMAT {format}");
        answer.Status.ShouldBe(200);
        answer.Text.Length.ShouldBe(format == "JSON" ? answer.Text.Length : 0);
        if (format == "JSON")
        {
            JsonDocument.Parse(answer.Bytes).RootElement.GetProperty("rows").GetInt32().ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("SHOW DATABASES")]
    [InlineData("DESCRIBE system.one")]
    [InlineData("EXPLAIN SELECT 1")]
    [InlineData("(SELECT 1 AS x) UNION ALL (SELECT 2)")]
    [InlineData("WITH 1 AS x SELECT x")]
    [InlineData("FROM system.one SELECT dummy")]
    public async Task Whatever_returns_rows_returns_them_in_the_asked_format(string statement)
    {
        var rows = JsonDocument.Parse((await Client.PostAsync(statement, "default_format=JSON")).Bytes).RootElement.GetProperty("rows").GetInt32();
        rows.ShouldBeGreaterThan(0);
        (await Client.AskAsync(statement)).Split('\n').Length.ShouldBe(rows);
    }

    [Fact]
    public async Task Gzip_is_used_where_it_is_asked_for_and_taken()
    {
        const string Statement = "SELECT number FROM numbers(100000)";
        var plain = await Client.PostAsync(Statement);
        var zipped = await Zipped("gzip", "enable_http_compression=1");
        zipped.ContentHeaders.ContentEncoding.ShouldBe(["gzip"]);
        zipped.Bytes.Length.ShouldBeLessThan(plain.Bytes.Length / 2);
        using var unzipped = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(zipped.Bytes), CompressionMode.Decompress))
        {
            await gzip.CopyToAsync(unzipped, TestContext.Current.CancellationToken);
        }

        unzipped.ToArray().ShouldBe(plain.Bytes);
        (await Zipped("gzip")).ContentHeaders.ContentEncoding.ShouldBeEmpty();
        (await Zipped("identity", "enable_http_compression=1")).ContentHeaders.ContentEncoding.ShouldBeEmpty();

        async Task<Answer> Zipped(string accept, params string[] parameters) => await Answer.OfAsync(
            await Client.SendAsync(HttpMethod.Post, parameters, new StringContent(Statement), headers => headers.AcceptEncoding.ParseAdd(accept)));
    }

    [Theory]
    [InlineData("TabSeparated")]
    [InlineData("JSON")]
    public async Task Error_behind_the_start_of_the_answer_breaks_it_off_and_is_told(string format)
    {
        using var response = await Client.SendAsync(
            HttpMethod.Post, [$"default_format={format}"], new StringContent("SELECT throwIf(number = 3000000, 'too late') FROM numbers(10000000)"));
        ((int)response.StatusCode).ShouldBe(200);
        var tag = response.Headers.GetValues("X-ClickHouse-Exception-Tag").Single();
        var read = new MemoryStream();
        await Should.ThrowAsync<HttpIOException>(async () =>
            await (await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken))
                .CopyToAsync(read, TestContext.Current.CancellationToken));
        var text = Encoding.UTF8.GetString(read.ToArray());
        text.ShouldEndWith($" {tag}\r\n__exception__\r\n");
        var message = text[text.IndexOf($"\r\n__exception__\r\n{tag}\r\n", StringComparison.Ordinal)..];
        message.ShouldContain("Code: 395. DB::Exception: too late");
        message.ShouldContain("(FUNCTION_THROW_IF_VALUE_IS_NON_ZERO)");
    }

    [Theory]
    [InlineData("TabSeparated")]
    [InlineData("JSON")]
    public async Task Who_waits_for_the_end_gets_the_status_of_a_late_error(string format)
    {
        (await Client.PostAsync("SELECT throwIf(number = 3000000) FROM numbers(10000000)", $"default_format={format}", "wait_end_of_query=1"))
            .ShouldBeError(395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO", 500);
        var whole = await Client.PostAsync("SELECT number FROM numbers(3000000)", "wait_end_of_query=1");
        whole.Text.Split('\n').Length.ShouldBe(3_000_001);
        whole.Summary("result_rows").ShouldBe(3_000_000);
    }

    [Fact]
    public async Task Result_larger_than_memory_should_be_streams_at_the_pace_of_its_reader()
    {
        await using var server = await ServerProcess.StartAsync();
        using var client = server.Client();
        foreach (var format in new[] { "TabSeparated", "JSON" })
        {
            await client.AskAsync("SELECT number, repeat('x', 100) FROM numbers(1000) FORMAT Null");
            var before = server.ResidentBytes();
            using var response = await client.SendAsync(
                HttpMethod.Post, [$"default_format={format}"],
                new StringContent("SELECT number, repeat('x', 1000) FROM numbers(300000) SETTINGS max_block_size = 4096"));
            await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            await Task.Delay(500, TestContext.Current.CancellationToken);
            var buffer = new byte[1 << 20];
            long read = 0;
            long peak = 0;
            var reads = 0;
            for (var n = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
                n > 0;
                n = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken))
            {
                read += n;
                peak = reads++ % 100 == 0 ? Math.Max(peak, server.ResidentBytes()) : peak;
            }

            read.ShouldBeGreaterThan(300_000_000);
            TestContext.Current.TestOutputHelper!.WriteLine($"{format}: {(peak - before) / 1_000_000} MB");
            (peak - before).ShouldBeLessThan(130_000_000);
        }
    }
}
