using System.Net;
using System.Text;
using System.Text.Json;
using Andi.Security;

namespace Andi.IntegrationTests.AnalyticsApi.Streaming;

/// <summary>What a stream tells, and when.</summary>
public sealed class StreamTests(StreamFixture fixture) : IClassFixture<StreamFixture>
{
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(400);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private MovedLedger Ledger => fixture.Ledger;

    [Fact]
    public async Task First_event_comes_at_once_and_says_where_the_warehouse_is()
    {
        var position = await Ledger.BeatAsync();
        await using var api = fixture.Start();
        await using var stream = await api.OpenAsync();

        var first = await stream.NextAsync();

        (first.Type, first.Id, first.Position, first.Retry).ShouldBe(("position", position, position, TimeSpan.FromSeconds(2)));
        first.Tables.ShouldBeEmpty();
        first.AppliedAt.ShouldNotBeNull().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromSeconds(30));
        stream.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        stream.Response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        stream.Response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        stream.Response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
    }

    [Fact]
    public async Task Rows_are_told_with_their_tables_once_every_table_has_passed_them_and_heartbeats_are_not()
    {
        await Ledger.BeatAsync();
        await using var api = fixture.Start();
        await using var stream = await api.OpenAsync(api.Token(Roles.Teacher, "T1"));
        await stream.NextAsync();

        await Ledger.BeatAsync();
        (await stream.WithinAsync(AWhile)).ShouldBeEmpty();
        var written = await Ledger.ApplyAsync("scores", "students");
        (await stream.WithinAsync(AWhile)).ShouldBeEmpty();
        var position = await Ledger.BeatAsync();

        var moved = await stream.NextAsync(TimeSpan.FromSeconds(2));
        (moved.Type, moved.Id, moved.Position).ShouldBe(("position", position, position));
        moved.Tables.ShouldBe(["scores", "students"]);
        string.CompareOrdinal(moved.Position, written).ShouldBeGreaterThanOrEqualTo(0);
        await Ledger.BeatAsync();
        (await stream.WithinAsync(AWhile)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Table_of_which_a_role_can_read_nothing_is_not_told()
    {
        await Ledger.BeatAsync();
        await using var api = fixture.Start();
        await using var teacher = await api.OpenAsync(api.Token(Roles.Teacher, "T1"));
        await using var admin = await api.OpenAsync();
        await teacher.NextAsync();
        await admin.NextAsync();
        var known = await Ledger.BeatAsync();

        await Ledger.WriteAsync(StreamFixture.Unknown);
        (await admin.NextAsync()).Tables.ShouldBe([StreamFixture.Unknown]);
        (await teacher.WithinAsync(AWhile)).ShouldBeEmpty();

        var position = await Ledger.WriteAsync(StreamFixture.Unknown, "scores");
        (await admin.NextAsync()).Tables.ShouldBe([StreamFixture.Unknown, "scores"]);
        var moved = await teacher.NextAsync();
        (moved.Position, moved.Tables.Single()).ShouldBe((position, "scores"));
        await using var back = await api.OpenAsync(api.Token(Roles.Teacher, "T1"), known);
        (await back.NextAsync()).Tables.ShouldBe(["scores"]);
    }

    [Fact]
    public async Task Signs_of_life_are_no_events_and_tell_how_far_the_reader_is()
    {
        await Ledger.BeatAsync();
        await using var api = fixture.Start(("Stream:Heartbeat", "00:00:00.100"));
        using var response = await api.RequestAsync();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel), Encoding.UTF8);
        var begin = new List<string?>();
        for (var line = 0; line < 5; line++)
        {
            begin.Add(await lines.ReadLineAsync(Cancel));
        }

        begin[0].ShouldBe("retry: 2000");
        begin[1].ShouldBe("event: position");
        begin[4].ShouldBe("");
        var position = await Ledger.BeatAsync();
        var read = new List<string?>();
        while (read.Count < 100 && !read.Contains($"id: {position}"))
        {
            read.Add(await lines.ReadLineAsync(Cancel));
        }

        read[^2].ShouldBe(": alive");
        read.Where(line => line is not "" and not ": alive").ShouldAllBe(line => line!.StartsWith("id: 0/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_comes_back_is_told_at_once_what_moved_meanwhile()
    {
        await Ledger.BeatAsync();
        await using var api = fixture.Start();
        string known;
        await using (var stream = await api.OpenAsync())
        {
            await stream.NextAsync();
            await Ledger.WriteAsync("tests");
            (await stream.NextAsync()).Tables.ShouldBe(["tests"]);
            known = stream.LastId;
        }

        // While nobody listens, nobody looks either.
        await using (var unchanged = await api.OpenAsync(last: known))
        {
            (await unchanged.NextAsync()).Tables.ShouldBeEmpty();
        }

        await Ledger.WriteAsync("scores");
        var position = await Ledger.WriteAsync("students");
        await using var back = await api.OpenAsync(last: known);
        // What the last look has seen at once, the rest with the next.
        var told = new List<string>();
        for (var at = ""; at != position;)
        {
            var moved = await back.NextAsync(TimeSpan.FromSeconds(1));
            told.AddRange(moved.Tables);
            at = moved.Position;
        }

        told.Order().ShouldBe(["scores", "students"]);

        // Another process does not know what was told before it began, and leaves nothing out.
        await using var other = fixture.Start();
        await using var elsewhere = await other.OpenAsync(last: known);
        (await elsewhere.NextAsync()).Tables.ShouldBe([StreamFixture.Unknown, "scores", "students", "tests"]);
    }

    [Fact]
    public async Task Who_knows_more_than_the_last_look_is_not_told_to_draw_all_anew()
    {
        await Ledger.BeatAsync();
        await using var api = fixture.Start(("Stream:PollInterval", "00:00:00.500"));
        await using var other = await api.OpenAsync();
        await other.NextAsync();
        await Ledger.WriteAsync("scores");
        var position = await Ledger.BeatAsync();

        await using var page = await api.OpenAsync(last: position);

        var first = await page.NextAsync();
        (first.Position, first.Tables.Count).ShouldBe((position, 0));
    }

    [Fact]
    public async Task Storm_of_writes_is_told_by_few_events_and_no_table_is_lost()
    {
        await Ledger.BeatAsync();
        await using var api = fixture.Start(("Stream:MinInterval", "00:00:00.250"));
        await using var stream = await api.OpenAsync();
        var read = new List<ReadEvent> { await stream.NextAsync() };
        var started = DateTime.UtcNow;
        for (var number = 0; number < 100; number++)
        {
            await Ledger.WriteAsync(number % 2 == 0 ? "scores" : "tests");
            await Task.Delay(8, Cancel);
        }

        await Ledger.WriteAsync("students");
        var took = DateTime.UtcNow - started;

        read.AddRange(await stream.WithinAsync(TimeSpan.FromMilliseconds(600)));
        read.SelectMany(one => one.Tables).Distinct().ShouldBe(["scores", "students", "tests"], ignoreOrder: true);
        read[^1].Tables.ShouldContain("students");
        read.Count.ShouldBeInRange(3, (int)(took / TimeSpan.FromMilliseconds(250)) + 4);
    }

    [Fact]
    public async Task Table_that_stands_still_holds_nobody_up()
    {
        await Ledger.BeatAsync();
        await using var api = fixture.Start(("Stream:HoldLimit", "00:00:00.300"));
        await using var stream = await api.OpenAsync();
        var before = await stream.NextAsync();
        await Ledger.ApplyAsync("scores");
        var moved = await stream.NextAsync(TimeSpan.FromSeconds(2));
        (moved.Position, moved.Tables.Single()).ShouldBe((before.Position, "scores"));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("7")]
    public async Task Last_event_that_was_none_is_refused(string last)
    {
        await using var api = fixture.Start();
        using var response = await api.RequestAsync(last: last);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        problem.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe("Last-Event-ID");
    }

    [Fact]
    public async Task Head_is_answered_and_ends()
    {
        await Ledger.BeatAsync();
        await using var api = fixture.Start();
        using var response = await api.RequestAsync(method: HttpMethod.Head);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await response.Content.ReadAsByteArrayAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(5), Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_positions_cannot_be_read_no_stream_is_opened()
    {
        await using var api = StreamingApi.Start("Host=127.0.0.1;Port=1;Database=none;Username=nobody;Timeout=1");
        using var response = await api.RequestAsync().WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
    }
}
