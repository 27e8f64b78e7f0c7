using Andi.Simulation.Runs;
using Andi.Simulation.Warehouse;

namespace Andi.UnitTests.Simulation;

public sealed class ReportTests
{
    private static readonly WorldParts Broken =
        WorldParts.Sound with { Warehouse = (plan, random, faults) => new WarehouseModel(plan, random, faults, window: 0) };

    [Fact]
    public void Run_that_is_right_ends_with_0_and_says_what_happened()
    {
        var output = new StringWriter();

        Report.Many(new RunOptions(FirstSeed: 10, Seeds: 40, Threads: 2, IsSingle: false), WorldParts.Sound, output).ShouldBe(0);

        var lines = output.ToString().Split(Environment.NewLine);
        lines[0].ShouldBe("40 seeds from 10, 2 threads");
        lines.ShouldContain(line => line.EndsWith(nameof(Fault.IngestorCrashed), StringComparison.Ordinal));
        lines.ShouldContain("All were exactly right.");
    }

    [Fact]
    public void Failed_seed_is_shown_with_its_schedule_and_the_command_that_runs_it_alone()
    {
        var output = new StringWriter();
        Report.Many(new RunOptions(FirstSeed: 1, Seeds: 1_000, Threads: 1, IsSingle: false), Broken, output).ShouldBe(1);

        var lines = output.ToString().TrimEnd().Split(Environment.NewLine);
        var seed = ulong.Parse(lines[^1].Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
        lines[^1].ShouldEndWith($"dotnet run -c Release --project tests/Andi.Simulation -- --seed {seed}");

        var alone = new StringWriter();
        Report.One(seed, Broken, alone).ShouldBe(1);

        // The same schedule, the same end.
        var aloneLines = alone.ToString().TrimEnd().Split(Environment.NewLine);
        aloneLines[^1].ShouldBe(lines[^2]);
        aloneLines.ShouldContain(line => line.Contains("insert andi.public.things/", StringComparison.Ordinal));
        lines.ShouldContain(aloneLines[0]);
    }

    [Fact]
    public void Command_line_is_read_strictly()
    {
        RunOptions.Parse(["--seeds", "7", "--first-seed", "3", "--threads", "1"]).ShouldBe(new RunOptions(3, 7, 1, false));
        RunOptions.Parse(["--seed", "9"]).ShouldNotBeNull().ShouldSatisfyAllConditions(one => one.IsSingle.ShouldBeTrue(), one => one.FirstSeed.ShouldBe(9u));
        RunOptions.Parse(["--seeds"]).ShouldBeNull();
        RunOptions.Parse(["--seeds", "-1"]).ShouldBeNull();
        RunOptions.Parse(["--seeds", "0"]).ShouldBeNull();
        RunOptions.Parse(["--threads", "0"]).ShouldBeNull();
        RunOptions.Parse(["--sedes", "7"]).ShouldBeNull();
    }
}
