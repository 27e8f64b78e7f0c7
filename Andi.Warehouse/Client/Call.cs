using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Andi.Warehouse.Client;

/// <summary>
/// One call's time limit and telemetry, after OpenTelemetry's conventions for database clients
/// (https://opentelemetry.io/docs/specs/semconv/database/): a client span, and its duration as a metric.
/// </summary>
internal sealed class Call : IDisposable
{
    public const string SourceName = "Andi.Warehouse";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);
    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("db.client.operation.duration", "s", "Duration of calls to ClickHouse.");

    private readonly Activity? _span;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationToken _caller;
    private readonly string _name;
    private readonly long _start = Stopwatch.GetTimestamp();
    private string? _error;

    private Call(Activity? span, string name, TimeSpan timeout, CancellationToken caller)
    {
        _span = span;
        _name = name;
        _caller = caller;
        Timeout = timeout;
        _limit = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _limit.CancelAfter(timeout);
    }

    public TimeSpan Timeout { get; }

    public CancellationToken Token => _limit.Token;

    public static Call Begin(ClickHouseOptions options, string name, string sql, TimeSpan timeout, CancellationToken caller)
    {
        var span = Source.StartActivity(name, ActivityKind.Client);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("db.system.name", "clickhouse");
            span.SetTag("db.namespace", options.Database);
            span.SetTag("db.query.summary", name);
            span.SetTag("db.query.text", sql);
            span.SetTag("server.address", options.Endpoint.Host);
            span.SetTag("server.port", options.Endpoint.Port);
        }

        return new Call(span, name, timeout, caller);
    }

    public void Rows(long count) => _span?.SetTag("db.response.returned_rows", count);

    public async Task<T> Run<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (_limit.IsCancellationRequested && !_caller.IsCancellationRequested)
        {
            Fail("timeout", null);
            throw new TimeoutException($"ClickHouse did not answer '{_name}' within {Timeout.TotalSeconds:0.#} s.");
        }
        catch (ClickHouseException failure)
        {
            Fail(failure.Code.ToString(CultureInfo.InvariantCulture), failure);
            _span?.SetTag("db.response.status_code", _error);
            throw;
        }
        catch (Exception failure)
        {
            Fail(failure.GetType().FullName!, failure);
            throw;
        }
    }

    public void Dispose()
    {
        var tags = new TagList { { "db.system.name", "clickhouse" }, { "db.query.summary", _name } };
        if (_error is not null)
        {
            tags.Add("error.type", _error);
        }

        Duration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, tags);
        _span?.Dispose();
        _limit.Dispose();
    }

    private void Fail(string error, Exception? failure)
    {
        _error = error;
        _span?.SetTag("error.type", error);
        _span?.SetStatus(ActivityStatusCode.Error, failure?.Message);
        if (failure is not null)
        {
            _span?.AddException(failure);
        }
    }
}
