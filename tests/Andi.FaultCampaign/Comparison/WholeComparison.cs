using Andi.FaultCampaign.Setting;
using Andi.FaultCampaign.World;

namespace Andi.FaultCampaign.Comparison;

/// <summary>What a comparison of everything came to.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Position">The position of both.</param>
/// <param name="Scores">Rows of scores at that position.</param>
/// <param name="Answers">Answers compared.</param>
/// <param name="Values">Values compared.</param>
/// <param name="CaughtUp">How long the warehouse took to be at the position once nothing was written any more.</param>
/// <param name="Checked">What <c>Andi.Cli check</c> compared, by part; empty where it was not run.</param>
/// <param name="Took">How long the comparison took, catching up included.</param>
/// <param name="Differences">What differs; nothing may.</param>
internal sealed record ComparisonResult(
    int Number,
    string Position,
    long Scores,
    long Answers,
    long Values,
    TimeSpan CaughtUp,
    IReadOnlyDictionary<string, long> Checked,
    TimeSpan Took,
    IReadOnlyList<string> Differences);

/// <summary>
/// Compares every answer about everything with what PostgreSQL computes from its rows at the same position, and the landing tables with what must hold in
/// them.
/// </summary>
internal sealed class WholeComparison(CampaignTopology topology, SchoolWorld world, Random random, TimeProvider time)
{
    private const int AtOnce = 6;
    private const int Attempts = 5;

    // Of the histories of students, and of the answers limited to a year or a test, the share that is compared after each group of faults; at the end all.
    private const double Share = 0.2;

    private static readonly TimeSpan RecoverWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan QuietWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private int _number;

    /// <summary>Nobody may write meanwhile; a write that still comes late makes the comparison begin again.</summary>
    /// <param name="isLast">No other comparison follows: everything is asked, and the product's own check must hold, too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ComparisonResult> RunAsync(bool isLast, CancellationToken cancellationToken)
    {
        _number++;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            await WaitUntilQuietAsync(cancellationToken);
            if (await TryAsync(isLast, cancellationToken) is { } result)
            {
                return result;
            }
        }

        throw new CampaignException("PostgreSQL's rows keep changing although nobody writes.");
    }

    private async Task<ComparisonResult?> TryAsync(bool isLast, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var differences = new Differences();
        await using var postgres = await PostgresAnswers.OpenAsync(topology.Postgres, cancellationToken);
        var fingerprint = await postgres.FingerprintAsync(cancellationToken);
        var position = await postgres.PositionAsync(cancellationToken);
        var scores = await postgres.ScoresAsync(cancellationToken);

        var andi = new AnalyticsAnswers(topology.Analytics, position, time.GetUtcNow() + RecoverWithin, time);
        await andi.CatchUpAsync(cancellationToken);
        var caughtUp = time.GetElapsedTime(started);

        var asked = await AskAllAsync(postgres, andi, isLast ? 1 : Share, differences, cancellationToken);
        await new LandingCheck(topology).RunAsync(differences, cancellationToken);
        var checkedParts = isLast ? await new ProductCheck(topology).RunAsync(differences, cancellationToken) : new Dictionary<string, long>();
        await using var after = await PostgresAnswers.OpenAsync(topology.Postgres, cancellationToken);
        return await after.FingerprintAsync(cancellationToken) == fingerprint
            ? new ComparisonResult(
                _number, position, scores, asked, differences.Values, caughtUp, checkedParts, time.GetElapsedTime(started), differences.Found)
            : null;
    }

    private async Task<long> AskAllAsync(
        PostgresAnswers postgres, AnalyticsAnswers andi, double share, Differences differences, CancellationToken cancellationToken)
    {
        var work = new List<Func<Task>>();
        var things = new Dictionary<string, IReadOnlyDictionary<string, Row>>();
        var filters = DrawFilters();
        foreach (var question in Question.All)
        {
            if (!things.TryGetValue(question.Kind, out var known))
            {
                things[question.Kind] = known = await postgres.ThingsAsync(question.Kind, cancellationToken);
            }

            foreach (var filter in filters.Where(filter => filter == Filter.None || question.TakesFilter))
            {
                var answers = await postgres.AnswerAsync(question, filter, cancellationToken);
                var isDrawn = filter != Filter.None || !question.TakesFilter;
                foreach (var id in known.Keys.Union(IdsOf(question.Kind)).Where(_ => !isDrawn || random.NextDouble() < share))
                {
                    var expected = new Expected(question, filter, id, known.GetValueOrDefault(id), [.. answers[id]], ItemOrder.Draw(random));
                    work.Add(() => AskAsync(expected, andi, differences, cancellationToken));
                }
            }
        }

        await Parallel.ForEachAsync(
            work, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (ask, _) => await ask());
        return work.Count;
    }

    private static async Task AskAsync(Expected expected, AnalyticsAnswers andi, Differences differences, CancellationToken cancellationToken)
    {
        var (question, filter) = (expected.Question, expected.Filter);
        var parameters = question.IsPaged ? filter.Parameters.Concat(expected.Order.Parameters) : filter.Parameters;
        var path = $"{question.Path.Replace("{id}", expected.Id, StringComparison.Ordinal)}?{string.Join('&', parameters)}".TrimEnd('?');
        var answer = await andi.AskAsync(path, cancellationToken);
        if (answer is not { } found || expected.Thing is null)
        {
            differences.Compare($"{path}, is it there", expected.Thing is null ? 0 : 1, answer is null ? 0 : 1);
            return;
        }

        if (question.IsOneOfTest && filter.IsOfOneTestAndYear)
        {
            differences.Compare(path, expected.Rows[0], found, except: []);
            return;
        }

        var thing = expected.Thing;
        if (question.TakesFilter)
        {
            thing = thing.With("schoolYear", filter.YearOf(expected.Rows));
            differences.Compare($"{path}, says its year", 1, found.TryGetProperty("schoolYear", out _) ? 1 : 0);
        }

        differences.Compare(path, thing, found, except: ["items", "nextCursor", .. question.Unasked]);
        var items = found.GetProperty("items").EnumerateArray().ToList();
        while (question.IsPaged && found.GetProperty("nextCursor").GetString() is { } cursor)
        {
            found = await andi.AskAsync($"{path}&cursor={cursor}", cancellationToken) ?? throw new CampaignException($"The next page of {path} is not there.");
            items.AddRange(found.GetProperty("items").EnumerateArray());
        }

        differences.Compare(path, question.IsPaged ? expected.Order.Apply(expected.Rows) : expected.Rows, items);
    }

    private async Task WaitUntilQuietAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            await using var postgres = await PostgresAnswers.OpenAsync(topology.Postgres, cancellationToken);
            if (await postgres.WritingAsync(cancellationToken) == 0)
            {
                return;
            }

            if (time.GetElapsedTime(started) > QuietWithin)
            {
                throw new CampaignException("A transaction is still writing although nobody writes any more.");
            }

            await Task.Delay(LookEvery, cancellationToken);
        }
    }

    // The newest year, each year and one year; of all tests and of one.
    private IReadOnlyList<Filter> DrawFilters()
    {
        string?[] years = [null, Filter.EachYear, SchoolWorld.Years[random.Next(SchoolWorld.Years.Count)]];
        string?[] tests = [null, world.Tests[random.Next(world.Tests.Count)]];
        return [.. years.SelectMany(year => tests.Select(test => new Filter(year, test)))];
    }

    // Also what is not there now: nothing must be known of it.
    private IEnumerable<string> IdsOf(string kind) => kind switch
    {
        "teachers" => world.Teachers.Concat(world.VisitingTeachers),
        "students" => world.Students.Concat(world.VisitingStudents),
        "schools" => world.Schools,
        "districts" => world.Districts,
        _ => world.States,
    };

    private sealed record Expected(Question Question, Filter Filter, string Id, Row? Thing, IReadOnlyList<Row> Rows, ItemOrder Order);
}
