using System.CommandLine;
using Andi.Cli.Migrate;
using Andi.Cli.Tokens;

return await new RootCommand("Operations on a running Andi.") { MigrateCommand.Create(), TokenCommand.Create() }.Parse(args).InvokeAsync();
