using System.Collections.Concurrent;
using System.Diagnostics;
using Andi.Warehouse;

namespace Andi.IntegrationTests.Warehouse.Queries;

/// <summary>Notes which named queries went to ClickHouse while it lives, from this test alone: each call is a span of the test's own trace.</summary>
internal sealed class AskedQueries : IDisposable
{
    private const string ClickHouseCalls = "Andi.Warehouse";

    private readonly ConcurrentDictionary<string, bool> _names = [];
    private readonly Activity _test = new Activity("test").Start();
    private readonly ActivityListener _listener;

    public AskedQueries()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ClickHouseCalls,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = call =>
            {
                if (call.TraceId == _test.TraceId)
                {
                    _names[call.OperationName] = true;
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>
    /// Every one of the area was asked, but for those that the law of the names asks. A law asks in order to compare, so a file that is not in its answers
    /// is proven by nobody.
    /// </summary>
    public void ShouldBeAllOf(string area)
    {
        var all = WarehouseQuery.All().Where(query => query.Area == area).Select(query => $"{area}/{query.Name}").Except(NamedTable.Queries).ToList();
        all.ShouldNotBeEmpty();
        all.Except(_names.Keys).ShouldBeEmpty("no answer of these is compared with a computation");
    }

    /// <summary>Every query of names was asked, and the area of the names has no other.</summary>
    public void ShouldBeAllOfNames() =>
        NamedTable.Queries.Union(WarehouseQuery.All().Where(query => query.Area == "schools").Select(query => $"{query.Area}/{query.Name}"))
            .Except(_names.Keys).ShouldBeEmpty("no answer of these is compared with what was written");

    public void Dispose()
    {
        _listener.Dispose();
        _test.Stop();
    }
}
