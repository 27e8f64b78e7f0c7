using System.Diagnostics;
using System.Diagnostics.Metrics;
using Andi.Security;
using Npgsql;

namespace Andi.IntegrationTests.AnalyticsApi.Streaming;

/// <summary>What 500 open pages cost.</summary>
public sealed class ManyStreamsTests(StreamFixture fixture) : IClassFixture<StreamFixture>
{
    private const int Pages = 500;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task All_pages_are_told_of_a_write_by_the_looks_of_one_reader()
    {
        await fixture.Ledger.BeatAsync();
        var database = new NpgsqlConnectionStringBuilder(fixture.Ledger.Connection).Database;
        var looks = 0;
        using var statements = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.GetTagItem("db.query.text") is string sql && sql.Contains("applied_offset", StringComparison.Ordinal)
                    && sql.Contains("SELECT", StringComparison.Ordinal) && !sql.Contains("INSERT", StringComparison.Ordinal)
                    && (span.GetTagItem("db.namespace") ?? span.GetTagItem("db.name")) as string == database)
                {
                    Interlocked.Increment(ref looks);
                }
            },
        };
        ActivitySource.AddActivityListener(statements);
        // Of all APIs of this process, so at least as many.
        long open = 0;
        long events = 0;
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "andi.stream.open" or "andi.stream.events")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            Interlocked.Add(ref instrument.Name == "andi.stream.open" ? ref open : ref events, value));
        meters.Start();

        await using var api = fixture.Start(("Stream:PollInterval", PollInterval.ToString()));
        var tokens = Enumerable.Range(0, 50).Select(teacher => api.Token(Roles.Teacher, $"T{teacher}")).ToList();
        var began = Stopwatch.StartNew();
        var streams = await Task.WhenAll(Enumerable.Range(0, Pages).Select(page => api.OpenAsync(tokens[page % tokens.Count])));
        await Task.WhenAll(streams.Select(stream => stream.NextAsync()));
        looks.ShouldBeInRange(1, (int)(began.Elapsed / PollInterval) + 2);
        open.ShouldBeGreaterThanOrEqualTo(Pages);

        looks = 0;
        var watch = Stopwatch.StartNew();
        var position = await fixture.Ledger.WriteAsync("scores");
        var told = await Task.WhenAll(streams.Select(stream => stream.NextAsync()));
        watch.Stop();

        told.ShouldAllBe(one => one.Position == position && one.Tables.Single() == "scores");
        looks.ShouldBeInRange(1, (int)(watch.Elapsed / PollInterval) + 2);
        events.ShouldBeGreaterThanOrEqualTo(2 * Pages);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Pages} pages opened within {began.ElapsedMilliseconds} ms; told of a write after {watch.ElapsedMilliseconds} ms and {looks} looks.");
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task While_nobody_listens_nobody_looks()
    {
        var database = new NpgsqlConnectionStringBuilder(fixture.Ledger.Connection).Database;
        var looks = 0;
        using var statements = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => Interlocked.Add(ref looks, span.GetTagItem("db.namespace") as string == database ? 1 : 0),
        };
        await using var api = fixture.Start();
        await using (var stream = await api.OpenAsync())
        {
            await stream.NextAsync();
        }

        await Task.Delay(500, TestContext.Current.CancellationToken);
        ActivitySource.AddActivityListener(statements);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        looks.ShouldBe(0);
    }
}
