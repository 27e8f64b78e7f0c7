using System.Globalization;

namespace Andi.Simulation.Runs;

/// <summary>What a run prints; and its exit code: 0 where all was right, else 1.</summary>
internal static class Report
{
    /// <summary>Of a long schedule its beginning (what world it is) and its end (what went wrong) are printed.</summary>
    private const int MaxLinesAtStart = 60;
    private const int MaxLinesAtEnd = 440;

    /// <summary>One seed, with all of its schedule.</summary>
    public static int One(ulong seed, WorldParts parts, TextWriter output)
    {
        var run = SeedRun.Of(seed, parts, isRecorded: true);
        PrintSchedule(run, output, run.Lines.Count);
        PrintFaults(run.Faults, output);
        return Verdict(run, output);
    }

    /// <summary>Many seeds, until one fails: how far it is every few seconds, what happened in them, and of a failed one its schedule.</summary>
    public static int Many(RunOptions options, WorldParts parts, TextWriter output)
    {
        Write(output, $"{options.Seeds:N0} seeds from {options.FirstSeed}, {options.Threads} threads");
        var range = new SeedRange(options.FirstSeed, options.Seeds, options.Threads);
        range.Run(parts, running => Write(output, $"{running.Done:N0} of {options.Seeds:N0} seeds, {running.Elapsed.TotalSeconds:N0} s"));
        PrintFaults(range.Faults, output);
        var seedsPerSecond = range.Done / range.Elapsed.TotalSeconds;
        Write(
            output,
            $"{range.Done:N0} seeds from {options.FirstSeed}, {range.Steps:N0} steps, {range.Elapsed.TotalSeconds:N1} s, {seedsPerSecond:N0} seeds/s");
        if (range.Failed is not { } failed)
        {
            output.WriteLine("All were exactly right.");
            return 0;
        }

        var again = SeedRun.Of(failed.Seed, parts, isRecorded: true);
        PrintSchedule(again, output, MaxLinesAtEnd);
        if (again.Failure != failed.Failure)
        {
            output.WriteLine($"The same seed did not fail in the same way again; it had failed with: {failed.Failure}");
        }

        Verdict(again, output);
        Write(output, $"Alone, with all of its schedule: dotnet run -c Release --project tests/Andi.Simulation -- --seed {failed.Seed}");
        return 1;
    }

    private static void PrintSchedule(SeedRun run, TextWriter output, int lastLines)
    {
        var hidden = run.Lines.Count - MaxLinesAtStart - lastLines;
        for (var line = 0; line < run.Lines.Count; line++)
        {
            if (line < MaxLinesAtStart || line >= MaxLinesAtStart + hidden)
            {
                output.WriteLine(run.Lines[line]);
            }
            else if (line == MaxLinesAtStart)
            {
                Write(output, $"  …  {hidden} lines");
            }
        }
    }

    private static void PrintFaults(FaultCounts faults, TextWriter output)
    {
        foreach (var fault in Enum.GetValues<Fault>())
        {
            Write(output, $"{faults[fault],14:N0}  {fault}");
        }
    }

    private static int Verdict(SeedRun run, TextWriter output)
    {
        Write(output, $"Seed {run.Seed}, {run.Steps} steps: {run.Failure ?? "All was exactly right."}");
        return run.Failure is null ? 0 : 1;
    }

    private static void Write(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
