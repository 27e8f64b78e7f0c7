using Andi.Simulation.Runs;

if (RunOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(RunOptions.Usage);
    return 2;
}

return options.IsSingle ? Report.One(options.FirstSeed, WorldParts.Sound, Console.Out) : Report.Many(options, WorldParts.Sound, Console.Out);
