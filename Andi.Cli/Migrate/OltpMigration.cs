using Andi.Oltp.Storage;
using Andi.Topology;

namespace Andi.Cli.Migrate;

internal static class OltpMigration
{
    public static async Task RunAsync(string connectionString, CancellationToken cancellationToken)
    {
        var applied = await OltpMigrations.ApplyAsync(connectionString, cancellationToken);
        foreach (var migration in applied)
        {
            Console.WriteLine($"{ConnectionNames.Oltp}: applied {migration}");
        }

        if (applied.Count == 0)
        {
            Console.WriteLine($"{ConnectionNames.Oltp}: up to date");
        }
    }
}
