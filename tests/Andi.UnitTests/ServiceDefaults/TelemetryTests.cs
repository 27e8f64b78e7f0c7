using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>What a service sends to a collector, seen where spans are handed to the exporter.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly ActivitySource _source = new("Andi.TelemetryTests");
    private readonly TcpListener _silentCollector = new(IPAddress.Loopback, 0);
    private readonly SentSpans _sent = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _source.Dispose();
        _silentCollector.Dispose();
        _sent.Dispose();
    }

    [Fact]
    public async Task Request_is_a_span_named_after_its_route_with_the_http_attributes()
    {
        await using var service = await StartAsync();

        await service.Http.GetAsync("/v1/things?limit=1", Cancellation);

        var span = await _sent.OneAsync("GET /v1/things");
        span.Kind.ShouldBe(ActivityKind.Server);
        span.GetTagItem("http.route").ShouldBe("/v1/things");
        span.GetTagItem("http.request.method").ShouldBe("GET");
        span.GetTagItem("url.path").ShouldBe("/v1/things");
        Convert.ToInt32(span.GetTagItem("http.response.status_code")).ShouldBe(200);
    }

    [Fact]
    public async Task Request_that_fails_carries_the_exception()
    {
        await using var service = await StartAsync();

        using var response = await service.Http.GetAsync("/v1/failure", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var span = await _sent.OneAsync("GET /v1/failure");
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.GetTagItem("error.type").ShouldBe(typeof(InvalidDataException).FullName);
        span.Events.Count(entry => entry.Name == "exception").ShouldBe(1);
    }

    [Fact]
    public async Task Probes_are_not_sent()
    {
        await using var service = await StartAsync();

        (await service.Http.GetAsync("/health", Cancellation)).EnsureSuccessStatusCode();
        (await service.Http.GetAsync("/alive", Cancellation)).EnsureSuccessStatusCode();
        await service.Http.GetAsync("/v1/things", Cancellation);

        await _sent.OneAsync("GET /v1/things");
        _sent.Names.ShouldNotContain(name => name.Contains("health") || name.Contains("alive"));
    }

    [Fact]
    public async Task Call_that_no_request_has_caused_is_sent_only_where_it_fails()
    {
        await using var service = await StartAsync();

        Activity.Current = null;
        _source.StartActivity("poll", ActivityKind.Client)?.Dispose();
        using (var failing = _source.StartActivity("failing poll", ActivityKind.Client))
        {
            failing!.SetStatus(ActivityStatusCode.Error);
        }

        await _sent.OneAsync("failing poll");
        _sent.Names.ShouldNotContain("poll");
    }

    [Fact]
    public async Task Service_stops_within_two_seconds_of_a_collector_that_does_not_answer()
    {
        await using var service = await StartAsync();
        await service.Http.GetAsync("/v1/things", Cancellation);

        var stopping = Stopwatch.StartNew();
        await service.StopAsync();

        stopping.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));
    }

    // Accepts connections, as a listening socket does, and never answers.
    private Task<RunningService> StartAsync()
    {
        _silentCollector.Start();
        return RunningService.StartAsync(
            builder =>
            {
                builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{_silentCollector.LocalEndpoint}";
                builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(_sent));
            },
            app =>
            {
                var things = app.MapGroup("/v1/things");
                things.MapGet("/", () => "things");
                app.MapGet("/v1/failure", string () => throw new InvalidDataException("A test."));
            });
    }

    private sealed class SentSpans : BaseProcessor<Activity>
    {
        private readonly ConcurrentQueue<Activity> _spans = new();

        public IEnumerable<string> Names => _spans.Where(span => span.Recorded).Select(span => span.DisplayName);

        public override void OnEnd(Activity data) => _spans.Enqueue(data);

        public async Task<Activity> OneAsync(string name)
        {
            // A request's span ends after its answer was sent.
            for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(10); await Task.Delay(20, Cancellation))
            {
                if (_spans.FirstOrDefault(span => span.Recorded && span.DisplayName == name) is { } found)
                {
                    return found;
                }
            }

            throw new InvalidOperationException($"No span '{name}' was sent, but {string.Join(", ", Names)}.");
        }
    }
}
