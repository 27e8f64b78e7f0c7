using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Andi.Security;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Andi.IntegrationTests.AnalyticsApi.Streaming;

/// <summary>How long streams last, and how many there may be.</summary>
public sealed class StreamEndTests(StreamFixture fixture) : IClassFixture<StreamFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revoked_token_ends_its_stream_and_no_other()
    {
        await fixture.Ledger.BeatAsync();
        await using var api = fixture.Start(("Stream:Heartbeat", "00:00:00.200"));
        var token = api.Token(Roles.Teacher, "T1");
        await using var stream = await api.OpenAsync(token);
        await using var other = await api.OpenAsync(api.Token(Roles.Teacher, "T1"));
        await stream.NextAsync();
        await Task.Delay(500, Cancel);
        stream.Ended.IsCompleted.ShouldBeFalse();

        RevocationFile.Add(api.RevocationList, new RevokedToken(new JsonWebToken(token).Id, DateTimeOffset.UtcNow.AddHours(1)), DateTimeOffset.UtcNow);

        await stream.Ended.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
        other.Ended.IsCompleted.ShouldBeFalse();
        using var again = await api.RequestAsync(token);
        again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Stop_ends_all_streams_at_once()
    {
        await fixture.Ledger.BeatAsync();
        await using var api = fixture.Start();
        var streams = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.OpenAsync()));
        await Task.WhenAll(streams.Select(stream => stream.NextAsync()));

        var watch = Stopwatch.StartNew();
        await api.StopAsync();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        await Task.WhenAll(streams.Select(stream => stream.Ended)).WaitAsync(TimeSpan.FromSeconds(2), Cancel);
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task Limits_of_ordinary_requests_do_not_end_a_stream()
    {
        await fixture.Ledger.BeatAsync();
        await using var api = fixture.Start(("Limits:RequestSeconds", "1"), ("Limits:IdleConnectionSeconds", "1"));
        await using var stream = await api.OpenAsync();
        await stream.NextAsync();
        await Task.Delay(TimeSpan.FromSeconds(2.5), Cancel);
        stream.Ended.IsCompleted.ShouldBeFalse();
        await fixture.Ledger.WriteAsync("scores");
        (await stream.NextAsync(TimeSpan.FromSeconds(2))).Tables.ShouldBe(["scores"]);
    }

    [Fact]
    public async Task Caller_has_so_many_streams_and_gets_another_one_for_one_that_is_closed()
    {
        await fixture.Ledger.BeatAsync();
        await using var api = fixture.Start(("Stream:MaxStreamsPerCaller", "2"));
        var token = api.Token(Roles.Teacher, "T1");
        var first = await api.OpenAsync(token);
        await using var second = await api.OpenAsync(api.Token(Roles.Teacher, "T1"));

        using (var refused = await api.RequestAsync(token))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter!.Delta.ShouldNotBeNull();
            (await TitleAsync(refused)).ShouldBe("Too many streams.");
        }

        await using var other = await api.OpenAsync(api.Token(Roles.Teacher, "T2"));
        await first.DisposeAsync();
        await using var instead = await WhenFreeAsync(api, token);
        // Of no number: what an administrator runs for others is one caller.
        var many = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => api.OpenAsync()));
        foreach (var stream in many)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task Process_has_so_many_streams()
    {
        await fixture.Ledger.BeatAsync();
        await using var api = fixture.Start(("Stream:MaxStreams", "2"));
        var first = await api.OpenAsync();
        await using var second = await api.OpenAsync(api.Token(Roles.Analyst));

        using (var refused = await api.RequestAsync(api.Token(Roles.Teacher, "T1")))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.ShouldNotBeNull();
            (await TitleAsync(refused)).ShouldBe("Too many streams.");
        }

        await first.DisposeAsync();
        await using var instead = await WhenFreeAsync(api, api.Token(Roles.Teacher, "T1"));
    }

    // The server notices a moment later that a caller has gone.
    private static async Task<OpenStream> WhenFreeAsync(StreamingApi api, string token)
    {
        for (var attempt = 0; ; attempt++)
        {
            var response = await api.RequestAsync(token);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await OpenStream.ReadAsync(response);
            }

            response.Dispose();
            attempt.ShouldBeLessThan(50, "no room became free");
            await Task.Delay(100, Cancel);
        }
    }

    private static async Task<string?> TitleAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("title").GetString();
}
