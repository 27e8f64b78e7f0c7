using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text;

namespace Andi.EmbeddedClickHouse.Tests;

public sealed class InsertTests(SharedServer shared)
{
    private ClickHouseClient Client => shared.Client;

    [Fact]
    public async Task Rows_may_follow_the_statement_in_the_body_or_stand_in_a_body_of_their_own()
    {
        var table = await NewTableAsync();
        await Client.AskAsync($"INSERT INTO {table} VALUES (1, 'a'), (2, concat('b', 'b'));");
        await Client.AskAsync($"INSERT INTO {table} FORMAT CSV\n3,\"c;\nc\"\n");
        await Client.AskAsync($"INSERT INTO {table} (v, k) FORMAT JSONEachRow {{\"k\": 4, \"v\": \"d\"}}\r\n{{\"k\": 5, \"v\": \"e\"}}");
        (await Client.InsertAsync($"INSERT INTO {table} FORMAT TabSeparated", "6\tf\\n\n"u8.ToArray())).Status.ShouldBe(200);
        (await Client.InsertAsync($"INSERT INTO {table} VALUES", "(7, 'g')"u8.ToArray())).Status.ShouldBe(200);
        (await Client.AskAsync($"SELECT groupArray((k, v)) FROM (SELECT * FROM {table} ORDER BY k)"))
            .ShouldBe(@"[(1,'a'),(2,'bb'),(3,'c;\nc'),(4,'d'),(5,'e'),(6,'f\n'),(7,'g')]");
    }

    [Fact]
    public async Task What_was_written_is_counted_also_in_views()
    {
        var table = await NewTableAsync();
        (await Client.PostAsync($"INSERT INTO {table} VALUES (1, 'a'), (2, 'b')")).Summary("written_rows").ShouldBe(2);
        (await Client.PostAsync($"INSERT INTO {table} SELECT number, 'x' FROM numbers(5)")).Summary("written_rows").ShouldBe(5);
        (await Client.InsertAsync($"INSERT INTO {table} FORMAT CSV", [])).Summary("written_rows").ShouldBe(0);
        await Client.AskAsync($"CREATE MATERIALIZED VIEW {table}_view ENGINE = MergeTree ORDER BY n AS SELECT count() AS n FROM {table}");
        var answer = await Client.PostAsync($"INSERT INTO {table} VALUES (3, 'a'), (4, 'b')");
        answer.Summary("written_rows").ShouldBe(3);
        answer.Summary("written_bytes").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Row_that_cannot_be_read_is_an_error_and_nothing_of_its_block_is_written()
    {
        var table = await NewTableAsync();
        (await Client.InsertAsync($"INSERT INTO {table} FORMAT CSV", "1,a\nx,b\n"u8.ToArray())).ShouldBeError(27, "CANNOT_PARSE_INPUT_ASSERTION_FAILED", 400)
            .Text.ShouldContain("row 2");
        (await Client.InsertAsync($"INSERT INTO {table} FORMAT RowBinary", [1, 2, 3])).Status.ShouldNotBe(200);
        (await Client.InsertAsync($"INSERT INTO {table} FORMAT NoSuchFormat", "1"u8.ToArray())).ShouldBeError(73, "UNKNOWN_FORMAT", 404);
        (await Client.InsertAsync($"INSERT INTO {table} (no_such_column) FORMAT CSV", "1\n"u8.ToArray())).ShouldBeError(16, "NO_SUCH_COLUMN_IN_TABLE", 500);
        (await Client.PostAsync($"INSERT INTO {table} VALUES (1, 'a;'); SELECT 1")).ShouldBeError(62, "SYNTAX_ERROR", 400);
        (await Client.InsertAsync($"INSERT INTO {table} VALUES", "(1, 'a') /* ; */ ; -- \n SELECT 1"u8.ToArray())).ShouldBeError(62, "SYNTAX_ERROR", 400);
        (await Client.AskAsync($"SELECT count() FROM {table}")).ShouldBe("0");
    }

    /// <summary>A bad row early in a large body: the answer comes although the client has much left to send.</summary>
    [Fact]
    public async Task Early_error_in_a_large_body_reaches_the_client()
    {
        var table = await NewTableAsync();
        var body = new StringContent("x,b\n" + string.Concat(Enumerable.Repeat("1,a\n", 2_000_000)));
        var answer = await Answer.OfAsync(await Client.SendAsync(HttpMethod.Post, [$"query=INSERT INTO {table} FORMAT CSV"], body));
        answer.ShouldBeError(27, "CANNOT_PARSE_INPUT_ASSERTION_FAILED", 400);
        (await Client.AskAsync("SELECT 1")).ShouldBe("1");
    }

    /// <summary>Few, large parts, as the server makes them: the body's own chunks and the client's own blocks do not matter.</summary>
    [Theory]
    [InlineData("", "200000")]
    [InlineData("max_insert_block_size=50000,min_insert_block_size_rows=50000,min_insert_block_size_bytes=0", "50000,50000,50000,50000")]
    [InlineData("max_insert_block_size=10000", "200000")]
    [InlineData("max_insert_block_size=10000,min_insert_block_size_rows=100000,min_insert_block_size_bytes=0", "100000,100000")]
    public async Task Body_becomes_as_few_parts_as_the_settings_ask_for(string settings, string parts)
    {
        var table = await NewTableAsync();
        await Client.AskAsync($"SYSTEM STOP MERGES {table}");
        (await Client.InsertAsync($"INSERT INTO {table} FORMAT RowBinary", RowBinary(200_000), settings.Split(',', StringSplitOptions.RemoveEmptyEntries)))
            .Summary("written_rows").ShouldBe(200_000);
        (await PartsAsync(table)).ShouldBe(parts);
    }

    [Fact]
    public async Task Small_blocks_of_the_native_format_become_one_part()
    {
        var table = await NewTableAsync();
        await Client.AskAsync($"SYSTEM STOP MERGES {table}");
        var native = await Client.PostAsync("SELECT number AS k, toString(number) AS v FROM numbers(200000) FORMAT Native", "max_block_size=5000");
        (await Client.InsertAsync($"INSERT INTO {table} FORMAT Native", native.Bytes)).Summary("written_rows").ShouldBe(200_000);
        (await PartsAsync(table)).ShouldBe("200000");
        (await Client.AskAsync($"SELECT sum(k), sum(toUInt64(v)) FROM {table}")).ShouldBe($"{199_999L * 100_000}\t{199_999L * 100_000}");
    }

    [Fact]
    public async Task Compressed_bodies_are_taken()
    {
        var table = await NewTableAsync();
        var rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i}\tx\n")));
        (await Compressed("gzip", output => new GZipStream(output, CompressionLevel.Fastest))).Summary("written_rows").ShouldBe(50_000);
        (await Compressed("deflate", output => new ZLibStream(output, CompressionLevel.Fastest))).Summary("written_rows").ShouldBe(50_000);
        (await Compressed("br", output => new BrotliStream(output, CompressionLevel.Fastest))).Summary("written_rows").ShouldBe(50_000);
        (await Send("gzip", rows)).ShouldBeError(354, "ZLIB_INFLATE_FAILED", 500);
        (await Send("zstd", rows)).ShouldBeError(48, "NOT_IMPLEMENTED", 501);
        (await Client.AskAsync($"SELECT count(), uniqExact(k) FROM {table}")).ShouldBe("150000\t50000");

        async Task<Answer> Compressed(string encoding, Func<Stream, Stream> open)
        {
            var output = new MemoryStream();
            await using (var compressor = open(output))
            {
                await compressor.WriteAsync(rows, TestContext.Current.CancellationToken);
            }

            return await Send(encoding, output.ToArray());
        }

        async Task<Answer> Send(string encoding, byte[] bytes)
        {
            var body = new ByteArrayContent(bytes);
            body.Headers.ContentEncoding.Add(encoding);
            return await Answer.OfAsync(await Client.SendAsync(HttpMethod.Post, [$"query=INSERT INTO {table} FORMAT TSV"], body));
        }
    }

    [Fact]
    public async Task Large_body_streams_in_bounded_memory()
    {
        await using var server = await ServerProcess.StartAsync();
        using var client = server.Client();
        await client.AskAsync("CREATE DATABASE x");
        await client.AskAsync("CREATE TABLE x.t (v String) ENGINE = Null");
        await client.AskAsync("INSERT INTO x.t VALUES ('warm')");
        var before = server.ResidentBytes();
        long peak = 0;
        const int Rows = 300_000;
        var line = Encoding.ASCII.GetBytes(new string('x', 999) + "\n");
        var block = Enumerable.Repeat(line, 1000).SelectMany(bytes => bytes).ToArray();
        var answer = await Answer.OfAsync(await client.SendAsync(
            HttpMethod.Post,
            ["query=INSERT INTO x.t FORMAT TSV", "max_insert_block_size=10000", "min_insert_block_size_bytes=10000000"],
            new WrittenContent(async stream =>
            {
                for (var i = 0; i < Rows / 1000; i++)
                {
                    await stream.WriteAsync(block);
                    peak = i % 20 == 0 ? Math.Max(peak, server.ResidentBytes()) : peak;
                }
            })));
        answer.Summary("written_rows").ShouldBe(Rows);
        TestContext.Current.TestOutputHelper!.WriteLine($"{(peak - before) / 1_000_000} MB");
        (peak - before).ShouldBeLessThan(130_000_000);
    }

    private async Task<string> NewTableAsync()
    {
        var table = $"{await shared.NewDatabaseAsync()}.t";
        await Client.AskAsync($"CREATE TABLE {table} (k UInt64, v String) ENGINE = MergeTree ORDER BY k");
        return table;
    }

    private Task<string> PartsAsync(string table) => Client.AskAsync(
        "SELECT arrayStringConcat(arrayMap(x -> toString(x.2), arraySort(groupArray((min_block_number, rows)))), ',') FROM system.parts "
        + $"WHERE active AND concat(database, '.', table) = '{table}'");

    private static byte[] RowBinary(int rows)
    {
        var bytes = new byte[rows * 10];
        for (var i = 0; i < rows; i++)
        {
            var row = bytes.AsSpan(i * 10, 10);
            BinaryPrimitives.WriteUInt64LittleEndian(row, (ulong)i);
            row[8] = 1;
            row[9] = (byte)'x';
        }

        return bytes;
    }
}

/// <summary>A body that is written while it is sent.</summary>
internal sealed class WrittenContent(Func<Stream, Task> write) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
