using System.Net;
using System.Text.Json;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>Positions: what an answer reflects, waiting for one, and answers that need not be sent again.</summary>
public sealed class FreshnessTests(AnalyticsApiFixture api) : IClassFixture<AnalyticsApiFixture>
{
    private const string Path = "/v1/classrooms/T1/scores?testId=X1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Freshness_is_the_partition_that_is_furthest_behind()
    {
        await SetAsync(("scores", 0, "0/20", 3, 1), ("scores", 1, "0/10", 7, 1), ("teachers", 0, "0/30", 0, 1), ("scores_of_the_next", 0, "0/1", 0, 2));
        using var response = await api.Http.GetAsync("/v1/freshness", Cancel);
        response.Headers.GetValues("Andi-Position").ShouldBe(["0/10.7"]);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        answer.GetProperty("position").GetString().ShouldBe("0/10.7");
        var tables = answer.GetProperty("tables").EnumerateArray().ToList();
        tables.Select(table => (table.GetProperty("table").GetString(), table.GetProperty("appliedPosition").GetString()))
            .ShouldBe([("scores", "0/10.7"), ("teachers", "0/30.0")]);
        tables[0].GetProperty("lagMs").GetInt64().ShouldBeInRange(60_000, 70_000);
        tables[0].GetProperty("appliedAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow.AddMinutes(-1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Read_waits_for_the_position_it_asks_for()
    {
        await SetAsync(("scores", 0, "0/100", 0, 1), ("teachers", 0, "0/100", 5, 1));
        using var early = await SendAsync(atLeast: "0/100.0");
        early.StatusCode.ShouldBe(HttpStatusCode.OK);

        var waiting = SendAsync(atLeast: "0/200");
        await Task.Delay(300, Cancel);
        waiting.IsCompleted.ShouldBeFalse();
        await SetAsync(("scores", 0, "0/300", 0, 1), ("teachers", 0, "0/201", 0, 1));
        using var late = await waiting;
        late.StatusCode.ShouldBe(HttpStatusCode.OK);
        late.Headers.GetValues("Andi-Position").ShouldBe(["0/201.0"]);
    }

    [Fact]
    public async Task Read_that_waits_in_vain_says_where_the_warehouse_is()
    {
        await SetAsync(("scores", 0, "0/100", 0, 1), ("teachers", 0, "0/900", 5, 1));
        using var response = await SendAsync(atLeast: "0/200");
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        response.Headers.GetValues("Andi-Position").ShouldBe(["0/100.0"]);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("position").GetString().ShouldBe("0/100.0");
    }

    [Fact]
    public async Task Freshness_waits_for_the_position_it_is_asked_for_like_any_read()
    {
        await SetAsync(("scores", 0, "0/100", 0, 1));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/freshness") { Headers = { { "Andi-At-Least", "0/200" } } };
        var waiting = api.Http.SendAsync(request, Cancel);
        await Task.Delay(300, Cancel);
        waiting.IsCompleted.ShouldBeFalse();
        await SetAsync(("scores", 0, "0/300", 0, 1));
        using var late = await waiting;
        late.StatusCode.ShouldBe(HttpStatusCode.OK);
        late.Headers.GetValues("Andi-Position").ShouldBe(["0/300.0"]);
    }

    [Fact]
    public async Task Partition_without_any_event_holds_the_position_back()
    {
        await SetAsync(("scores", 0, "0/100", 0, 1), ("teachers", 0, "0/0", 0, 1));
        using var response = await SendAsync(atLeast: "0/1.0");
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.GetValues("Andi-Position").ShouldBe(["0/0.0"]);
    }

    [Fact]
    public async Task Topic_without_a_landing_table_does_not_hold_the_position_back()
    {
        await SetAsync(("scores", 0, "0/100", 0, 1), ("novelties", 0, "0/0", 0, 1));
        await using var command = api.Ingest.CreateCommand("UPDATE partitions SET is_mapped = false WHERE topic = 'andi.public.novelties'");
        await command.ExecuteNonQueryAsync(Cancel);
        using var response = await SendAsync(atLeast: "0/100.0");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Position_that_is_none_is_refused()
    {
        using var response = await SendAsync(atLeast: "yesterday");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("Andi-At-Least");
    }

    [Fact]
    public async Task Answer_of_the_same_state_need_not_be_sent_again()
    {
        await SetAsync(("scores", 0, "0/100", 0, 1), ("teachers", 0, "0/50", 5, 1));
        using var first = await SendAsync();
        var tag = first.Headers.ETag.ShouldNotBeNull();
        tag.IsWeak.ShouldBeTrue();

        using var same = await SendAsync(ifNoneMatch: tag.ToString());
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        same.Headers.GetValues("Andi-Position").ShouldBe(["0/50.5"]);

        // Another partition than the one that is furthest behind moves on: the position is the same, the state is not.
        await SetAsync(("scores", 0, "0/101", 0, 1), ("teachers", 0, "0/50", 5, 1));
        using var moved = await SendAsync(ifNoneMatch: tag.ToString());
        moved.StatusCode.ShouldBe(HttpStatusCode.OK);
        moved.Headers.ETag.ShouldNotBe(tag);
        moved.Headers.GetValues("Andi-Position").ShouldBe(["0/50.5"]);
    }

    [Fact]
    public async Task Error_has_no_tag()
    {
        using var response = await api.Http.GetAsync("/v1/classrooms/nobody/scores", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Headers.ETag.ShouldBeNull();
        response.Headers.Contains("Andi-Position").ShouldBeTrue();
    }

    private async Task<HttpResponseMessage> SendAsync(string? atLeast = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        if (atLeast is not null)
        {
            request.Headers.Add("Andi-At-Least", atLeast);
        }

        if (ifNoneMatch is not null)
        {
            request.Headers.Add("If-None-Match", ifNoneMatch);
        }

        return await api.Http.SendAsync(request, Cancel);
    }

    /// <summary>Sets how far the partitions are, all moved a minute ago.</summary>
    private async Task SetAsync(params (string Table, int Partition, string Lsn, long Index, int Generation)[] partitions)
    {
        await using var batch = api.Ingest.CreateBatch();
        batch.BatchCommands.Add(new("DELETE FROM partitions"));
        foreach (var (table, partition, lsn, index, generation) in partitions)
        {
            batch.BatchCommands.Add(new("""
                INSERT INTO partitions (topic, partition, fence, owner, taken_at, applied_offset, commit_lsn, change_index, generation, source_time, applied_at)
                VALUES ('andi.public.' || $1, $2, 1, 'a test', now(), $3, $4::pg_lsn, $5, $6, now() - interval '1 minute', now() - interval '1 minute')
                """)
            {
                Parameters =
                {
                    new() { Value = table }, new() { Value = partition }, new() { Value = lsn == "0/0" ? -1L : 10L },
                    new() { Value = lsn }, new() { Value = index }, new() { Value = generation },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(Cancel);
    }
}
