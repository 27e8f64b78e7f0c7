using System.Text;
using Andi.FaultCampaign.World;

namespace Andi.FaultCampaign.Workload;

/// <summary>
/// The writes of coaching that the public API has. Ids are drawn from those there are, so that a write meets one that is there as often as not.
/// </summary>
internal sealed class CoachingWrites(SchoolWorld world, WriteApi api)
{
    private const int LargestBatch = 40;
    private const int LargestImport = 150;
    private const string Sessions = "ciq-sessions";

    private static readonly string[] UsageActions = ["view", "download", "complete", "share"];
    private static readonly string[] ActivityKinds = ["post", "reply", "like", "share", "mentor"];

    /// <summary>What may be drawn, and how often beside the others.</summary>
    public IReadOnlyList<(int Weight, Func<Random, Task> Write)> All =>
    [
        (50, RecordAsync),
        (50, CorrectAsync),
        (20, RemoveAsync),
        (15, RecordManyAsync),
        (10, ImportAsync),
        (25, UseAsync),
        (25, TakePartAsync),
    ];

    public async Task FoundAsync(Random random)
    {
        var resources = string.Concat(world.Resources.Select(id => $"{id},Title {id},video,math,3-5\n"));
        if (await api.ImportAsync(random, "resources", "resourceId,title,kind,subject,gradeBand\n" + resources) != Outcome.Done
            || await ImportAsync(random, world.Sessions.Take(world.Sessions.Count / 2)) != Outcome.Done)
        {
            throw new CampaignException("The first sessions cannot be written; the log of the write side says why.");
        }
    }

    private Task<Outcome> RecordAsync(Random random) => api.PostAsync(random, Sessions, SessionDraw.Draw(random, world, SessionDraw.DrawId(random, world)));

    private Task<Outcome> CorrectAsync(Random random)
    {
        var draw = SessionDraw.Draw(random, world, SessionDraw.DrawId(random, world));
        return api.PutAsync(random, $"{Sessions}/{draw.SessionId}", draw);
    }

    private Task<Outcome> RemoveAsync(Random random) => api.DeleteAsync(random, $"{Sessions}/{SessionDraw.DrawId(random, world)}");

    private Task<Outcome> RecordManyAsync(Random random) => api.PostAsync(
        random, random.Next(3) == 0 ? $"{Sessions}/batch" : $"{Sessions}/batch?mode=upsert",
        DrawIds(random, LargestBatch).Select(id => SessionDraw.Draw(random, world, id)).ToList());

    private Task<Outcome> ImportAsync(Random random) => ImportAsync(random, DrawIds(random, LargestImport));

    private Task<Outcome> ImportAsync(Random random, IEnumerable<string> ids) => api.ImportAsync(
        random, "ciq_sessions",
        ids.Aggregate(new StringBuilder(SessionDraw.CsvHeader), (csv, id) => csv.Append(SessionDraw.Draw(random, world, id).ToCsv())).ToString());

    private Task<Outcome> UseAsync(Random random)
    {
        var isRated = random.Next(3) == 0;
        return ChangeAsync(random, "resource-usage", world.Uses[random.Next(world.Uses.Count)], id => new
        {
            usageId = id,
            resourceId = world.Resources[random.Next(world.Resources.Count)],
            teacherId = world.Teachers[random.Next(world.Teachers.Count)],
            action = isRated ? "rate" : UsageActions[random.Next(UsageActions.Length)],
            durationSeconds = random.Next(2) == 0 ? null : (int?)random.Next(600),
            rating = isRated ? 1 + random.Next(5) : (int?)null,
            occurredAt = SessionDraw.DrawTime(random),
        });
    }

    private Task<Outcome> TakePartAsync(Random random) =>
        ChangeAsync(random, "community-activity", world.Activities[random.Next(world.Activities.Count)], id => new
        {
            activityId = id,
            teacherId = world.Teachers[random.Next(world.Teachers.Count)],
            kind = ActivityKinds[random.Next(ActivityKinds.Length)],
            forum = $"Forum {random.Next(3)}",
            occurredAt = SessionDraw.DrawTime(random),
        });

    private Task<Outcome> ChangeAsync(Random random, string path, string id, Func<string, object> body) => random.Next(5) switch
    {
        0 => api.DeleteAsync(random, $"{path}/{id}"),
        1 => api.PutAsync(random, $"{path}/{id}", body(id)),
        _ => api.PostAsync(random, path, body(id)),
    };

    private IReadOnlyList<string> DrawIds(Random random, int most) =>
        [.. Enumerable.Range(0, 1 + random.Next(most)).Select(_ => SessionDraw.DrawId(random, world)).Distinct()];
}
