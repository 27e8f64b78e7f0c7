using Andi.Cli.Load.Columns;
using Andi.Cli.Terminal;
using Andi.Oltp.Imports;
using Andi.Warehouse.Client;

namespace Andi.Cli.Load;

/// <summary>
/// Loads one file into one table, whole or not at all, and once: reads it through, inserts its rows under the id of this attempt, then records the file with that attempt. Until then no reader
/// sees any of them. See docs/loaded-files.md.
/// </summary>
/// <param name="warehouse">Where to.</param>
/// <param name="newAttempt">Makes an id that no other run has.</param>
internal sealed class LoadRun(ClickHouseClient warehouse, Func<Guid> newAttempt)
{
    private const int MaxListed = 20;
    private const int ViolatedConstraint = 469;

    /// <exception cref="CommandFailure">The table takes no files, the file cannot be read or changes while it is, or what was inserted is not what was sent.</exception>
    public async Task<LoadOutput> RunAsync(string name, string path, bool isDryRun, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var table = await LoadableTable.FindAsync(warehouse, name, cancellationToken);
        await using var file = SourceFile.Open(path);
        var id = await file.IdAsync(cancellationToken);
        var records = new LoadedFiles(warehouse, table.FullName);
        var recorded = await records.FindAsync(id, cancellationToken);
        if (recorded is null)
        {
            var (rows, errors) = await CheckAsync(table, file, begin, cancellationToken);
            if (errors.Rows > 0)
            {
                return new LoadOutput(LoadOutcome.Refused, table.FullName, path, id, rows, errors.Rows, errors.Listed, null);
            }

            var attempt = new LoadAttempt(warehouse, table, id, newAttempt());
            try
            {
                await attempt.InsertAsync(file, begin, cancellationToken);
            }
            catch (ClickHouseException refused) when (refused.Code == ViolatedConstraint)
            {
                await attempt.RemoveAsync(cancellationToken);
                return new LoadOutput(LoadOutcome.Refused, table.FullName, path, id, rows, 1, [ConstraintMessage.Read(refused.Message)], null);
            }

            if (isDryRun)
            {
                // The table's own rules are known by trying alone; what is not recorded counts for nobody.
                await attempt.RemoveAsync(cancellationToken);
                return new LoadOutput(LoadOutcome.Valid, table.FullName, path, id, rows, 0, [], null);
            }

            recorded = await RecordAsync(records, attempt, file.Name, rows, cancellationToken);
            if (recorded.Attempt == attempt.Id)
            {
                await LoadAttempt.RemoveOthersAsync(warehouse, table, id, recorded.Attempt, cancellationToken);
                return new LoadOutput(LoadOutcome.Loaded, table.FullName, path, id, rows, 0, [], recorded);
            }
        }

        if (!isDryRun)
        {
            await LoadAttempt.RemoveOthersAsync(warehouse, table, id, recorded.Attempt, cancellationToken);
        }

        return new LoadOutput(LoadOutcome.AlreadyLoaded, table.FullName, path, id, recorded.Rows, 0, [], recorded);
    }

    private static async Task<(long Rows, RowErrors Errors)> CheckAsync(LoadableTable table, SourceFile file, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        using var step = begin($"reading {file.Name}", file.Length);
        await using var content = file.Read(step);
        using var csv = new CsvRows(content, table, MaxListed);
        if (await csv.ReadHeaderAsync(cancellationToken))
        {
            var row = new RowBytes();
            while (await csv.ReadAsync(row, cancellationToken))
            {
                row.Truncate(0);
            }
        }

        return (csv.Count, csv.Errors);
    }

    private static async Task<LoadedFile> RecordAsync(LoadedFiles records, LoadAttempt attempt, string fileName, long rows, CancellationToken cancellationToken)
    {
        var there = await attempt.CountAsync(cancellationToken);
        if (there == rows)
        {
            return await records.RecordAsync(attempt.FileId, fileName, attempt.Id, rows, cancellationToken);
        }

        // Another attempt at the file may have been recorded meanwhile, and have taken these rows away.
        return await records.FindAsync(attempt.FileId, cancellationToken)
            ?? throw new CommandFailure($"There are {there} rows of the file after it was read, and there should be {rows}. The file does not count; run load again.");
    }
}
