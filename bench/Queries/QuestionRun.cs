using Andi.Bench.Measuring;
namespace Andi.Bench.Queries;

/// <summary>Asks questions and times the answers.</summary>
/// <param name="endpoint">The API.</param>
/// <param name="bare">The engine.</param>
/// <param name="districts">How many there are to ask about.</param>
/// <param name="scale">Of the benchmark.</param>
internal sealed class QuestionRun(Endpoint endpoint, BareSql bare, int districts, double scale)
{
    private const int Alone = 60;
    private const int Together = 320;
    // More than it takes until the API's code has been compiled as it stays: thirty calls of a method.
    private const int WarmUp = 60;
    private const int Seed = 11;

    private readonly int _alone = Math.Max(10, (int)(Alone * Math.Min(1, scale * 2)));

    /// <summary>One client; endpoint and engine in turn, with the same parameters.</summary>
    public async Task<AloneTimes> AloneAsync(Question question, int runs, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        for (var i = 0; i < WarmUp; i++)
        {
            var asked = question.Make(random, districts);
            await endpoint.AskAsync(asked, cancellationToken);
            await bare.AskAsync(asked, cancellationToken);
        }

        var times = new AloneTimes(new Latencies(), new Latencies(), [], []);
        for (var run = 0; run < runs; run++)
        {
            var (endpointRun, bareRun) = (new Latencies(), new Latencies());
            for (var i = 0; i < _alone; i++)
            {
                var asked = question.Make(random, districts);
                await endpoint.ScoresChangedAsync(cancellationToken);
                // Who comes second finds the engine's caches warm: in turn.
                if (i % 2 == 0)
                {
                    await bareRun.TimeAsync(() => bare.AskAsync(asked, cancellationToken));
                }

                await endpointRun.TimeAsync(() => endpoint.AskAsync(asked, cancellationToken));
                if (i % 2 == 1)
                {
                    await bareRun.TimeAsync(() => bare.AskAsync(asked, cancellationToken));
                }
            }

            times.EndpointMedians.Add(endpointRun.At(0.5));
            times.BareMedians.Add(bareRun.At(0.5));
            times.Endpoint.Add(endpointRun);
            times.Bare.Add(bareRun);
        }

        return times;
    }

    /// <summary>Several clients at once, at the endpoint.</summary>
    public async Task<Latencies> TogetherAsync(Question question, int clients, CancellationToken cancellationToken)
    {
        var times = new Latencies();
        await endpoint.ScoresChangedAsync(cancellationToken);
        var each = question.IsOfOnePlace ? Together / clients : 2;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            var random = new Random(Seed + client + 1);
            for (var i = 0; i < each; i++)
            {
                var asked = question.Make(random, districts);
                await endpoint.ScoresChangedAsync(cancellationToken);
                await times.TimeAsync(() => endpoint.AskAsync(asked, cancellationToken));
            }
        }));
        return times;
    }

    /// <summary>The same question again and again, nothing having changed.</summary>
    public async Task<Latencies> RepeatedAsync(Question question, CancellationToken cancellationToken)
    {
        var asked = question.Make(new Random(Seed), districts);
        await endpoint.AskAsync(asked, cancellationToken);
        var times = new Latencies();
        for (var i = 0; i < 500; i++)
        {
            await times.TimeAsync(() => endpoint.AskAsync(asked, cancellationToken));
        }

        return times;
    }
}

/// <summary>What one client saw: all requests, and the median of each run.</summary>
internal sealed record AloneTimes(Latencies Endpoint, Latencies Bare, List<double> EndpointMedians, List<double> BareMedians);
