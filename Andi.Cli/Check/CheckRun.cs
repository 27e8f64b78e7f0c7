using Andi.ChangeEvents;
using Andi.Cli.Check.Aggregates;
using Andi.Cli.Check.Offsets;
using Andi.Cli.Check.Rows;
using Andi.Cli.Check.Tests;
using Andi.Cli.Terminal;
using Andi.Kafka;
using Npgsql;

namespace Andi.Cli.Check;

/// <summary>One check: offsets and data tests while everything goes on; aggregates and rows while ingest is held, again where the hold was lost.</summary>
/// <param name="patience">How long the warehouse may take to reach the position at which PostgreSQL's rows are read.</param>
internal sealed class CheckRun(NpgsqlDataSource ledger, CheckedWarehouse warehouse, string oltp, KafkaConnection kafka, TimeSpan patience)
{
    private const int MaxAttempts = 3;

    /// <exception cref="CommandFailure">It could not be found out whether all holds.</exception>
    public async Task<CheckOutput> RunAsync(IReadOnlyCollection<string> parts, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var generation = await warehouse.CurrentGenerationAsync(cancellationToken);
            var findings = new List<Findings>();
            if (parts.Contains(CheckParts.Offsets))
            {
                findings.AddRange(await new OffsetCheck(ledger, warehouse, kafka).RunAsync(generation, begin, cancellationToken));
            }

            var (compared, position) = parts.Contains(CheckParts.Aggregates) || parts.Contains(CheckParts.Rows)
                ? await CompareAtRestAsync(generation, parts, begin, cancellationToken)
                : ([], null);
            findings.AddRange(compared);
            if (parts.Contains(CheckParts.Tests))
            {
                findings.AddRange(await new DataTestCheck(warehouse).RunAsync(begin, cancellationToken));
            }

            if (await warehouse.CurrentGenerationAsync(cancellationToken) == generation)
            {
                return new CheckOutput(findings.All(finding => finding.Differences == 0), generation, position, findings);
            }

            if (attempt == MaxAttempts)
            {
                throw new CommandFailure("Readers went over to another generation during each of three checks.");
            }
        }
    }

    private async Task<(IReadOnlyList<Findings> Findings, string? Position)> CompareAtRestAsync(
        uint generation, IReadOnlyCollection<string> parts, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var oldest = await warehouse.OldestDayAsync(cancellationToken);
            await using var snapshot = parts.Contains(CheckParts.Rows) ? await SourceSnapshot.TakeAsync(oltp, cancellationToken) : null;
            if (snapshot is not null)
            {
                await new AppliedWait(ledger, patience).ForAsync(generation, snapshot.Point - 1, begin, cancellationToken);
            }

            await using var hold = await IngestHold.TakeAsync(ledger, "check", generation, finish: null, cancellationToken);
            var findings = new List<Findings>();
            if (parts.Contains(CheckParts.Aggregates))
            {
                findings.AddRange(await new AggregateCheck(warehouse).RunAsync(generation, oldest, begin, cancellationToken));
            }

            if (snapshot is not null)
            {
                findings.AddRange(await new RowCheck(warehouse).RunAsync(generation, oldest, snapshot, begin, cancellationToken));
            }

            if (await hold.HoldsAsync(cancellationToken))
            {
                return (findings, snapshot is null ? null : Position.FormatLsn(snapshot.Point));
            }
        }

        throw new CommandFailure("Ingest could not be held for as long as the comparison takes: its lease in the ledger was lost three times.");
    }
}
