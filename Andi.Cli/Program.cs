using System.CommandLine;
using Andi.Cli.Migrate;

return await new RootCommand("Operations on a running Andi.") { MigrateCommand.Create() }.Parse(args).InvokeAsync();
