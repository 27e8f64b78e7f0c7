using Andi.ChangeEvents;
using Andi.Cli.Terminal;
using Andi.Warehouse.Checks;

namespace Andi.Cli.Check.Rows;

/// <summary>Proves that facts and dimensions equal PostgreSQL's rows at one position: the rows, not their number.</summary>
internal sealed class RowCheck(CheckedWarehouse warehouse)
{
    public async Task<IReadOnlyList<Findings>> RunAsync(
        uint generation, DateOnly oldest, SourceSnapshot snapshot, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var all = new List<Findings>();
        foreach (var check in WarehouseCheck.All().Where(check => check.SourceSql is not null))
        {
            using var step = begin($"rows: {check.Table}", null);
            var findings = new Findings("rows", check.Table);
            var position = new Position(snapshot.Point, 0).ToUInt128();
            await RowMerge.CompareAsync(
                warehouse.RowsAsync(check.Sql, new() { { "generation", generation }, { "oldest", oldest }, { "position", position } }, cancellationToken),
                snapshot.RowsAsync(check.SourceSql!, oldest, cancellationToken),
                findings,
                compared => step.Report(compared));
            step.Report(findings.Compared, findings.Compared);
            all.Add(findings);
        }

        return all;
    }
}
