using System.IO.Pipelines;
using Andi.AnalyticsApi.Positions;
using Andi.AnalyticsApi.Streaming;
using Andi.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Andi.UnitTests.AnalyticsApi.Streaming;

public sealed class EventWriterTests
{
    [Fact]
    public async Task Reader_who_does_not_read_does_not_hold_up_the_end_of_the_process()
    {
        // Of a connection that takes a byte.
        var body = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var aborted = new CancellationTokenSource();
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body.Writer.AsStream()));
        http.Features.Set<IHttpRequestLifetimeFeature>(new Connection(aborted));
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var subscription = new Subscription("somebody", null, null);
        subscription.Begin(new Moves(TimeSpan.Zero, TimeProvider.System));

        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var database = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1");
        using var feed = new PositionFeed(
            new AppliedPositions(database, Options.Create(new PositionOptions()), TimeProvider.System), new RoleTables([]), Options.Create(new StreamOptions()),
            TimeProvider.System, NullLogger<PositionFeed>.Instance);
        var writer = new EventWriter(
            feed, new TokenWatch(services.GetRequiredService<IServiceScopeFactory>()), lifetime, Options.Create(new StreamOptions()), TimeProvider.System,
            NullLogger<EventWriter>.Instance);
        var writing = writer.WriteAsync(http, subscription, new Caller("somebody", Roles.Teacher, "T1"));
        writing.IsCompleted.ShouldBeFalse();

        lifetime.StopApplication();

        await writing.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        aborted.IsCancellationRequested.ShouldBeTrue();
    }

    private sealed class Connection(CancellationTokenSource aborted) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; } = aborted.Token;

        public void Abort() => aborted.Cancel();
    }
}
