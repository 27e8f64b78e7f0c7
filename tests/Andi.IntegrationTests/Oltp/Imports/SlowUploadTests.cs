using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Andi.IntegrationTests.Oltp.Imports;

/// <summary>Senders that take their time, stop, or go away.</summary>
[Collection(OltpCollection.Name)]
public sealed class SlowUploadTests(OltpFixture oltp)
{
    // More than there may be imports at once.
    private const int Senders = 6;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Kind: a slow client holds what others need: a transaction that keeps a backup or a vacuum waiting, and every place for imports.</summary>
    [Fact]
    public async Task Uploads_that_are_under_way_hold_no_transaction_and_no_place()
    {
        var prefix = OltpFixture.Unique("W")[..10];
        var senders = new List<Sender>();
        try
        {
            for (var number = 0; number < Senders; number++)
            {
                // Large enough for a temporary file, and their headers have been read.
                senders.Add(await Sender.StartAsync(oltp, $"districtId,name,stateId\n{Rows($"{prefix}{number}x", 20_000)}", Cancel));
            }

            (await TransactionsAsync()).ShouldBe(0);
            await oltp.Http.ImportAsync("districts", $"districtId,name,stateId\n{prefix}y,x,TX\n").ShouldBeAsync(HttpStatusCode.OK).WaitAsync(Soon, Cancel);

            foreach (var sender in senders)
            {
                (await sender.EndAsync(Cancel)).ShouldBe("HTTP/1.1 200 OK");
            }

            (await oltp.ScalarAsync<long>($"SELECT count(*) FROM districts WHERE district_id LIKE '{prefix}%'")).ShouldBe((Senders * 20_000) + 1);
        }
        finally
        {
            senders.ForEach(sender => sender.Dispose());
        }
    }

    [Fact]
    public async Task Sender_who_goes_away_is_no_error_in_the_log()
    {
        oltp.Log.Clear();
        foreach (var rows in new[] { 10, 20_000 })
        {
            // Once with a reset, once as an orderly end before all has come.
            using var reset = await Sender.StartAsync(oltp, $"districtId,name,stateId\n{Rows("gone", rows)}", Cancel);
            reset.Reset();
            using var ended = await Sender.StartAsync(oltp, $"districtId,name,stateId\n{Rows("gone", rows)}", Cancel);
            ended.Dispose();
        }

        // What comes later is answered after what went away was dealt with, or nearly so.
        await oltp.Http.ImportAsync("districts", $"districtId,name,stateId\n{OltpFixture.Unique("D")},x,TX\n").ShouldBeAsync(HttpStatusCode.OK);
        await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        oltp.Log.ShouldBeEmpty();
        (await oltp.ScalarAsync<long>("SELECT count(*) FROM districts WHERE district_id LIKE 'gone%'")).ShouldBe(0);
    }

    private static string Rows(string prefix, int rows) => string.Concat(Enumerable.Range(0, rows).Select(number => $"{prefix}{number},x,TX\n"));

    private Task<long> TransactionsAsync() => oltp.ScalarAsync<long>(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()");

    /// <summary>Has sent the beginning of an import, and not its end.</summary>
    private sealed class Sender : IDisposable
    {
        private readonly TcpClient _client = new();

        public static async Task<Sender> StartAsync(OltpFixture oltp, string csv, CancellationToken cancellationToken)
        {
            var sender = new Sender();
            await sender._client.ConnectAsync(oltp.Http.BaseAddress!.Host, oltp.Http.BaseAddress.Port, cancellationToken);
            await sender.SendAsync(
                "POST /v1/imports/districts HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n"
                + $"Authorization: {oltp.Http.DefaultRequestHeaders.Authorization}\r\n\r\n{csv.Length:x}\r\n{csv}\r\n",
                cancellationToken);
            return sender;
        }

        /// <summary>Sends the end; returns the answer's first line.</summary>
        public async Task<string?> EndAsync(CancellationToken cancellationToken)
        {
            await SendAsync("0\r\n\r\n", cancellationToken);
            using var reader = new StreamReader(_client.GetStream(), leaveOpen: true);
            return await reader.ReadLineAsync(cancellationToken);
        }

        public void Reset() => _client.Client.Close(timeout: 0);

        public void Dispose() => _client.Dispose();

        private ValueTask SendAsync(string text, CancellationToken cancellationToken) =>
            _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }
}
