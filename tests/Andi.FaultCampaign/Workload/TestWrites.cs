using Andi.FaultCampaign.World;

namespace Andi.FaultCampaign.Workload;

/// <summary>Writes of tests: what they are called, of which subject they are, and on which scale their scores are.</summary>
internal sealed class TestWrites(SchoolWorld world, WriteApi api)
{
    public IReadOnlyList<(int Weight, Func<Random, Task> Write)> All => [(5, RenameAsync), (10, RescaleAsync)];

    /// <summary>Writes every test with the scale that it begins with.</summary>
    public async Task FoundAsync(Random random)
    {
        foreach (var test in world.Tests)
        {
            if (await PutAsync(random, test, world.FirstScaleOf(test)) != Outcome.Done)
            {
                throw new CampaignException("The tests cannot be written; the log of the write side says why.");
            }
        }
    }

    private Task<Outcome> RenameAsync(Random random)
    {
        var test = Pick(random);
        return PutAsync(random, test, world.Scales[test]);
    }

    /// <summary>A wider scale, or the first again: that is refused while scores are outside of it.</summary>
    private Task<Outcome> RescaleAsync(Random random)
    {
        var test = Pick(random);
        var first = world.FirstScaleOf(test);
        return PutAsync(random, test, ReferenceEquals(world.Scales[test], first) ? first.Wider : first);
    }

    private async Task<Outcome> PutAsync(Random random, string test, ScoreScale scale)
    {
        // The subject is another one now and then: every answer has to follow.
        var subject = SchoolWorld.SubjectOf(world.Tests.ToList().IndexOf(test) + (random.Next(10) == 0 ? 1 : 0));
        var outcome = await api.PutAsync(random, $"tests/{test}", scale.ToBody($"Test {random.Next(1000)}", subject));
        if (outcome == Outcome.Done)
        {
            world.Scales[test] = scale;
        }

        return outcome;
    }

    private string Pick(Random random) => world.Tests[random.Next(world.Tests.Count)];
}
