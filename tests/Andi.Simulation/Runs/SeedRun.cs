using Andi.Simulation.Scheduling;

namespace Andi.Simulation.Runs;

/// <summary>One seed, run to its end.</summary>
/// <param name="Seed">Makes the world and its schedule.</param>
/// <param name="Failure">What went wrong; null where all was right.</param>
/// <param name="Steps">How many steps it took.</param>
/// <param name="Faults">What happened on the way.</param>
/// <param name="Lines">The schedule, where it was recorded.</param>
internal sealed record SeedRun(ulong Seed, string? Failure, int Steps, FaultCounts Faults, IReadOnlyList<string> Lines)
{
    public static SeedRun Of(ulong seed, WorldParts parts, bool isRecorded = false)
    {
        var world = new World(seed, parts, isRecorded);
        try
        {
            world.Run();
            return new SeedRun(seed, null, world.Schedule.Step, world.Faults, world.Schedule.Lines);
        }
        catch (Exception exception)
        {
            // Whatever it is, it belongs to this seed.
            var failure = exception is SimulationFailure ? exception.Message : exception.ToString();
            return new SeedRun(seed, failure, world.Schedule.Step, world.Faults, world.Schedule.Lines);
        }
    }
}
