using Andi.Bench;

var (options, exitCode) = BenchOptions.Parse(args);
return options is null ? exitCode : await BenchRun.RunAsync(options);
