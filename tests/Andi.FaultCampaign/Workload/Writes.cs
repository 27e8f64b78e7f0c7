using System.Text;
using Andi.FaultCampaign.World;

namespace Andi.FaultCampaign.Workload;

/// <summary>The writes of the workload that the public API has. Each draws what it writes; none throws because of a fault.</summary>
internal sealed class Writes(SchoolWorld world, WriteApi api, TestWrites tests)
{
    private const int LargestBatch = 60;
    private const int LargestImport = 250;

    /// <summary>What may be drawn, and how often beside the others.</summary>
    public IReadOnlyList<(int Weight, Func<Random, Task> Write)> All =>
    [
        (150, RecordAsync),
        (150, CorrectAsync),
        (60, RemoveAsync),
        (40, RecordManyAsync),
        (30, ImportScoresAsync),
        (20, MoveTeacherAsync),
        (20, MoveStudentAsync),
        (10, ImportStudentsAsync),
        (10, RenameAsync),
        (10, VisitAsync),
    ];

    public async Task RecordAsync(Random random)
    {
        // Half of them with an id of their own, as a client that wants to repeat safely gives one.
        var draw = ScoreDraw.Draw(random, world, Free(random), random.Next(2) == 0 ? null : NewId(random));
        if (await api.PostAsync(random, "scores", draw.ToBody()) == Outcome.Done && draw.ScoreId is { } id)
        {
            world.Scores[draw.Key] = id;
        }
    }

    public async Task CorrectAsync(Random random)
    {
        if (Known(random) is not ({ } key, { } id))
        {
            return;
        }

        // One in eight becomes the score of another student, test or year.
        var wanted = random.Next(8) == 0 ? ScoreDraw.DrawKey(random, world) : key;
        if (await api.PutAsync(random, $"scores/{id}", ScoreDraw.Draw(random, world, wanted).ToBody()) == Outcome.Done && wanted != key)
        {
            world.Scores.TryRemove(key, out _);
            world.Scores[wanted] = id;
        }
    }

    public async Task RemoveAsync(Random random)
    {
        if (Known(random) is ({ } key, { } id) && await api.DeleteAsync(random, $"scores/{id}") != Outcome.Unknown)
        {
            world.Scores.TryRemove(key, out _);
        }
    }

    public async Task RecordManyAsync(Random random)
    {
        var bodies = ScoreDraw.DrawKeys(random, world, 1 + random.Next(LargestBatch))
            .Where(key => !world.Scores.ContainsKey(key))
            .Select(key => ScoreDraw.Draw(random, world, key).ToBody())
            .ToList();
        await api.PostAsync(random, random.Next(3) == 0 ? "scores/batch" : "scores/batch?mode=upsert", bodies);
    }

    public Task ImportScoresAsync(Random random) => ImportScoresAsync(random, 1 + random.Next(LargestImport));

    public Task<Outcome> ImportScoresAsync(Random random, int rows)
    {
        var csv = new StringBuilder(ScoreDraw.CsvHeader);
        foreach (var key in ScoreDraw.DrawKeys(random, world, rows))
        {
            csv.Append(ScoreDraw.Draw(random, world, key).ToCsv());
        }

        return api.ImportAsync(random, "scores", csv.ToString());
    }

    /// <summary>Writes the things that scores are about, all at once.</summary>
    public async Task FoundAsync(Random random)
    {
        await ExpectAsync(
            "districts", "districtId,name,stateId\n", world.Districts.Select((id, at) => $"{id},District {id},{world.States[at % world.States.Count]}\n"));
        await ExpectAsync(
            "schools", "schoolId,name,districtId\n", world.Schools.Select((id, at) => $"{id},School {id},{world.Districts[at % world.Districts.Count]}\n"));
        await ExpectAsync(
            "teachers", "teacherId,name,schoolId,email\n",
            world.Teachers.Select((id, at) => $"{id},Teacher {id},{world.Schools[at % world.Schools.Count]},\n"));
        await ExpectAsync("students", "studentId,name,grade,schoolId\n", world.Students.Select(id => StudentLine(random, id)));
        await tests.FoundAsync(random);
        if (await ImportScoresAsync(random, rows: 1500) != Outcome.Done)
        {
            throw new CampaignException("The first scores cannot be written; the log of the write side says why.");
        }

        async Task ExpectAsync(string entity, string header, IEnumerable<string> lines)
        {
            if (await api.ImportAsync(random, entity, header + string.Concat(lines)) != Outcome.Done)
            {
                throw new CampaignException($"The {entity} cannot be written; the log of the write side says why.");
            }
        }
    }

    private Task<Outcome> MoveTeacherAsync(Random random)
    {
        var teacher = Pick(random, world.Teachers);
        return api.PutAsync(random, $"teachers/{teacher}", new { name = $"Teacher {teacher} {random.Next(100)}", schoolId = Pick(random, world.Schools) });
    }

    private Task<Outcome> MoveStudentAsync(Random random)
    {
        var student = Pick(random, world.Students);
        return api.PutAsync(random, $"students/{student}", new
        {
            name = $"Student {student} {random.Next(100)}",
            grade = Pick(random, SchoolWorld.Grades),
            schoolId = Pick(random, world.Schools),
        });
    }

    private Task<Outcome> ImportStudentsAsync(Random random) => api.ImportAsync(
        random,
        "students",
        "studentId,name,grade,schoolId\n" + string.Concat(world.Students.Where(_ => random.Next(4) == 0).Select(id => StudentLine(random, id))));

    private Task<Outcome> RenameAsync(Random random)
    {
        if (random.Next(2) == 0)
        {
            var school = Pick(random, world.Schools);
            return api.PutAsync(random, $"schools/{school}", new { name = $"School {random.Next(1000)}", districtId = Pick(random, world.Districts) });
        }

        var district = Pick(random, world.Districts);
        return api.PutAsync(random, $"districts/{district}", new { name = $"District {random.Next(1000)}", stateId = Pick(random, world.States) });
    }

    // Whoever only visits has no scores and can be removed again.
    private Task<Outcome> VisitAsync(Random random)
    {
        var school = Pick(random, world.Schools);
        var (path, body) = random.Next(2) == 0
            ? ($"teachers/{Pick(random, world.VisitingTeachers)}", (object)new { name = $"Visitor {random.Next(100)}", schoolId = school })
            : (
                $"students/{Pick(random, world.VisitingStudents)}",
                new { name = $"Visitor {random.Next(100)}", grade = Pick(random, SchoolWorld.Grades), schoolId = school });
        return random.Next(2) == 0 ? api.DeleteAsync(random, path) : api.PutAsync(random, path, body);
    }

    private string StudentLine(Random random, string id) =>
        $"{id},Student {id} {random.Next(100)},{Pick(random, SchoolWorld.Grades)},{Pick(random, world.Schools)}\n";

    private (ScoreKey? Key, string? Id) Known(Random random)
    {
        // Some tries by key: a dictionary cannot be drawn from.
        for (var tries = 0; tries < 20; tries++)
        {
            var key = ScoreDraw.DrawKey(random, world);
            if (world.Scores.TryGetValue(key, out var id))
            {
                return (key, id);
            }
        }

        return default;
    }

    // Some tries for one that is not known to be there; it may be all the same.
    private ScoreKey Free(Random random)
    {
        var key = ScoreDraw.DrawKey(random, world);
        for (var tries = 0; tries < 20 && world.Scores.ContainsKey(key); tries++)
        {
            key = ScoreDraw.DrawKey(random, world);
        }

        return key;
    }

    private static string NewId(Random random) => $"own-{random.NextInt64():x16}";

    private static string Pick(Random random, IReadOnlyList<string> ids) => ids[random.Next(ids.Count)];
}
