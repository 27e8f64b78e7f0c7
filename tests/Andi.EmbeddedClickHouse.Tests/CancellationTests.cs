using System.Net.Sockets;
using System.Text;

namespace Andi.EmbeddedClickHouse.Tests;

/// <summary>A client that goes away leaves nothing running, and its place is free again.</summary>
public sealed class CancellationTests(CancellationTests.SmallServer small) : IClassFixture<CancellationTests.SmallServer>
{
    private readonly ServerProcess _server = small.Server;
    private readonly ClickHouseClient _client = small.Client;

    [Theory]
    [InlineData("SELECT count() FROM system.numbers WHERE NOT ignore(sipHash64(number))")]
    [InlineData("SELECT count() FROM system.numbers WHERE NOT ignore(sipHash64(number)) FORMAT JSON")]
    [InlineData("SELECT number FROM system.numbers")]
    [InlineData("SELECT number FROM system.numbers FORMAT JSON")]
    [InlineData("SELECT sleepEachRow(0.5) FROM system.numbers SETTINGS max_block_size = 2")]
    [InlineData("INSERT INTO FUNCTION null('number UInt64') SELECT number FROM system.numbers")]
    public async Task Statement_ends_when_its_client_goes_away(string statement)
    {
        for (var i = 0; i < 4; i++)
        {
            using var abort = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));
            await Should.ThrowAsync<OperationCanceledException>(async () =>
            {
                using var response = await _client.SendUntilAsync(HttpMethod.Post, [], new StringContent(statement), null, abort.Token);
                await response.Content.CopyToAsync(Stream.Null, abort.Token);
            });
        }

        await UntilNothingRunsAsync();
        (await Task.WhenAll(_client.AskAsync("SELECT 1"), _client.AskAsync("SELECT 2"))).ShouldBe(["1", "2"]);
    }

    [Theory]
    [InlineData("Content-Length: 1000\r\n\r\nINSERT INTO x.t FORMAT TSV\n1\n2\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1f\r\nINSERT INTO x.t FORMAT TSV\n1\n2\n\r\n")]
    public async Task Insert_whose_rows_do_not_all_come_writes_none(string request)
    {
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(_server.Address.Host, _server.Address.Port, TestContext.Current.CancellationToken);
            await socket.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"POST /?user=default&password={Uri.EscapeDataString(ServerProcess.Password)} HTTP/1.1\r\nHost: x\r\n{request}"),
                TestContext.Current.CancellationToken);
            await UntilAsync("SELECT count() > 0 FROM system.processes WHERE query LIKE 'INSERT INTO x.t%'");
        }

        await UntilNothingRunsAsync();
        (await _client.AskAsync("SELECT count() FROM x.t")).ShouldBe("0");
    }

    [Fact]
    public async Task Client_that_stands_still_is_cut_off()
    {
        using var stalled = new TcpClient();
        await stalled.ConnectAsync(_server.Address.Host, _server.Address.Port, TestContext.Current.CancellationToken);
        var begun = $"POST /?user=default&password={Uri.EscapeDataString(ServerProcess.Password)} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
            + "INSERT INTO x.t FORMAT TSV\n1\n";
        await stalled.GetStream().WriteAsync(Encoding.ASCII.GetBytes(begun), TestContext.Current.CancellationToken);
        using var unread = await _client.SendAsync(HttpMethod.Post, [], new StringContent("SELECT number, repeat('x', 1000) FROM system.numbers"));
        await UntilNothingRunsAsync();

        using var answer = new StreamReader(stalled.GetStream());
        (await answer.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain("(SOCKET_TIMEOUT)");
        (await _client.AskAsync("SELECT count() FROM x.t")).ShouldBe("0");
    }

    [Fact]
    public async Task More_statements_than_places_wait_and_then_are_refused()
    {
        var running = Enumerable.Range(0, 2).Select(_ => _client.AskAsync("SELECT sleep(1)")).ToList();
        await Task.Delay(200, TestContext.Current.CancellationToken);
        (await _client.PostAsync("SELECT 1")).ShouldBeError(202, "TOO_MANY_SIMULTANEOUS_QUERIES", 500);
        await Task.WhenAll(running);
        running = [.. Enumerable.Range(0, 2).Select(_ => _client.AskAsync("SELECT sleep(0.2)"))];
        (await _client.AskAsync("SELECT 'waited'")).ShouldBe("waited");
        await Task.WhenAll(running);
    }

    [Fact]
    public async Task Statement_s_memory_is_limited_and_its_failure_stays_its_own()
    {
        var answer = await _client.PostAsync("SELECT uniqExact(number) FROM numbers(100000000)", "max_memory_usage=50000000");
        answer.ShouldBeError(241, "MEMORY_LIMIT_EXCEEDED", 500);
        (await _client.AskAsync("SELECT 1")).ShouldBe("1");
    }

    private Task UntilNothingRunsAsync() => UntilAsync("SELECT count() = 0 FROM system.processes WHERE query NOT LIKE '%system.processes%'");

    private async Task UntilAsync(string condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            // A place may still be taken by what is being ended.
            var answer = await _client.PostAsync(condition);
            if (answer.Status == 200 && answer.Text == "1\n")
            {
                return;
            }

            limit.Token.ThrowIfCancellationRequested();
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A server with two places, for which a third statement waits a moment only.</summary>
    public sealed class SmallServer : IAsyncLifetime
    {
        public ServerProcess Server { get; private set; } = null!;

        public ClickHouseClient Client { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Server = await ServerProcess.StartAsync(
                null, "ClickHouse:MaxConnections=2", "ClickHouse:ConnectionWaitTimeout=00:00:00.300", "ClickHouse:ClientTimeout=00:00:02");
            Client = Server.Client();
            await Client.AskAsync("CREATE DATABASE x");
            await Client.AskAsync("CREATE TABLE x.t (k UInt64) ENGINE = MergeTree ORDER BY k");
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Server.DisposeAsync();
        }
    }
}
