using System.CommandLine;
using Andi.Oltp.Storage;
using Andi.Topology;

namespace Andi.Cli.Migrate;

/// <summary><c>migrate</c>: brings the stores to the shape that this version of the services expects.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var oltp = new Option<string?>("--oltp")
        {
            Description = $"Npgsql connection string of the transactional database; default: the environment variable {Variable(ConnectionNames.Oltp)}.",
        };
        var command = new Command("migrate", "Create or update the tables of the stores. Safe to run again and by several at once.") { oltp };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var connectionString = arguments.GetValue(oltp) ?? Environment.GetEnvironmentVariable(Variable(ConnectionNames.Oltp));
            if (string.IsNullOrWhiteSpace(connectionString))
            {
                await Console.Error.WriteLineAsync($"Where is the transactional database? Give --oltp or set {Variable(ConnectionNames.Oltp)}.");
                return 2;
            }

            var applied = await OltpMigrations.ApplyAsync(connectionString, cancellationToken);
            foreach (var migration in applied)
            {
                Console.WriteLine($"oltp: applied {migration}");
            }

            if (applied.Count == 0)
            {
                Console.WriteLine("oltp: up to date");
            }

            return 0;
        });
        return command;
    }

    private static string Variable(string connectionName) => $"ConnectionStrings__{connectionName}";
}
