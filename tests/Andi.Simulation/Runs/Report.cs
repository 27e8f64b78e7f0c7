using System.Globalization;

namespace Andi.Simulation.Runs;

/// <summary>What a run prints; and its exit code: 0 where all was right, else 1.</summary>
internal static class Report
{
    /// <summary>Of a long schedule its beginning (what world it is) and its end (what went wrong) are printed.</summary>
    private const int MaxLinesAtStart = 60;
    private const int MaxLinesAtEnd = 440;

    public static int One(ulong seed, TextWriter output)
    {
        var run = SeedRun.Of(seed, WorldParts.Sound, isRecorded: true);
        PrintSchedule(run, output, int.MaxValue);
        PrintFaults(run.Faults, output);
        return Verdict(run, output);
    }

    public static int Many(RunOptions options, TextWriter output)
    {
        var range = new SeedRange(options.FirstSeed, options.Seeds, options.Threads);
        range.Run(WorldParts.Sound, running => Write(output, $"{running.Done:N0} of {options.Seeds:N0} seeds, {running.Elapsed.TotalSeconds:N0} s"));
        PrintFaults(range.Faults, output);
        Write(
            output,
            $"{range.Done:N0} seeds from {options.FirstSeed}, {range.Steps:N0} steps, {range.Elapsed.TotalSeconds:N1} s, {range.Done / range.Elapsed.TotalSeconds:N0} seeds/s, {options.Threads} threads");
        if (range.Failed is not { } failed)
        {
            output.WriteLine("All were exactly right.");
            return 0;
        }

        var again = SeedRun.Of(failed.Seed, WorldParts.Sound, isRecorded: true);
        PrintSchedule(again, output, MaxLinesAtEnd);
        if (again.Failure != failed.Failure)
        {
            output.WriteLine($"The same seed did not fail in the same way again; it had failed with: {failed.Failure}");
        }

        return Verdict(again, output) | 1;
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
                Write(output, $"  …  {hidden} lines; --seed {run.Seed} prints them all");
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
        Write(output, $"Seed {run.Seed}, {run.Steps} steps: {run.Failure ?? "all was exactly right."}");
        return run.Failure is null ? 0 : 1;
    }

    private static void Write(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
