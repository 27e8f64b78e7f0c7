using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How often a score was reached.</summary>
internal sealed record ScoreFrequency(double Score, long Count);

/// <summary>How often each score was reached, ascending.</summary>
internal sealed record ScoreDistribution(IReadOnlyList<ScoreFrequency> Items)
{
    private const double Scale = 100;

    /// <summary>Adds up an answer of histograms, of scores in hundredths; those that were all taken back are left out.</summary>
    public static IReadOnlyList<ScoreFrequency> Read(RowBinaryReader rows)
    {
        var counts = new Dictionary<int, long>();
        while (!rows.AtEnd)
        {
            ScoreCounts.Add(ref rows, counts);
        }

        return [.. counts.Where(entry => entry.Value > 0).OrderBy(entry => entry.Key).Select(entry => new ScoreFrequency(entry.Key / Scale, entry.Value))];
    }
}

internal static class ScoreDistributionEndpoints
{
    public static void MapScoreDistributions(this IEndpointRouteBuilder area)
    {
        Map(area, "/classrooms/{id}/distribution", "classroom", "teacher", Entities.Teacher);
        Map(area, "/schools/{id}/distribution", "school", "school", Entities.School);
        Map(area, "/districts/{id}/distribution", "district", "district", Entities.District);
        Map(area, "/states/{id}/distribution", "state", "state", Entities.State);
    }

    private static void Map<T>(IEndpointRouteBuilder area, string route, string level, string parameter, EntityKind<T> kind)
        where T : class
    {
        var query = WarehouseQuery.Of(AssessmentsArea.FolderName, $"{level}_distribution");
        area.MapGet(route, (string id, [AsParameters] ScoreFilter filter, Questions questions, ClickHouseClient warehouse,
            CancellationToken cancellationToken) =>
                questions.AnswerAsync(
                    kind, id, filter,
                    () => warehouse.ReadAsync(query.With(questions.At(filter.With(parameter, id))), ScoreDistribution.Read, cancellationToken),
                    (_, rows) => new ScoreDistribution(rows), cancellationToken))
            .WithSummary($"How often each score was reached in a {level}, ascending.");
    }
}
