using Andi.Audit;
using Andi.Oltp.Imports;
using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>
/// Writes a set in one transaction. Each file's rows are staged as they stand there; then, file by file in the order in which they refer to each other, they
/// are held against what must be so, translated into the staged rows of the tables' own imports, and moved by these, whose checks find what is wrong. What
/// is to be deleted goes at the end, in the reverse order.
/// </summary>
internal sealed class RosterImport(NpgsqlDataSource dataSource, ImportCatalog catalog, IOptions<ImportOptions> options)
{
    /// <returns>The result, and the position of the commit; without one where it was a dry run.</returns>
    /// <exception cref="ProblemException">422: something is wrong with the set; nothing was written.</exception>
    public async Task<(RosterResult Result, string? Position)> RunAsync(
        RosterPackage package, string? stateId, bool isDryRun, AuditCaller caller, CancellationToken cancellationToken)
    {
        var manifest = await RosterManifest.ReadAsync(package, cancellationToken);
        var files = RosterFile.All(stateId);
        var ignored = package.Names.Except(files.Select(file => file.FileName), StringComparer.OrdinalIgnoreCase)
            .Where(name => !name.Equals(RosterManifest.FileName, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        if (!files.Any(file => package.Has(file.FileName)))
        {
            throw RosterResult.Wrong("the set", $"has none of the files {string.Join(", ", files.Select(file => file.FileName))}");
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await CommitPosition.EmitTraceParentAsync(connection, cancellationToken);
        var write = new RosterWrite(connection, transaction, catalog, options.Value);
        var staged = new List<StagedFile>();
        foreach (var file in files)
        {
            staged.Add(await write.StageAsync(file, manifest.ModeOf(file), package, cancellationToken));
        }

        ThrowIfRejected();
        await write.MarkDependentsAsync(staged, cancellationToken);
        foreach (var step in staged.GroupBy(file => file.File.Step))
        {
            foreach (var file in step)
            {
                await RosterWrite.CheckAsync(file, cancellationToken);
            }

            ThrowIfRejected();
            foreach (var target in RosterTarget.All)
            {
                if (step.SingleOrDefault(one => one.File.Name == target.File) is { } file)
                {
                    await write.MoveAsync(target, file, cancellationToken);
                    ThrowIfRejected();
                }
            }
        }

        foreach (var target in RosterTarget.All.Reverse())
        {
            await write.RemoveAsync(target, staged.Single(file => file.File.Name == target.File), cancellationToken);
            ThrowIfRejected();
        }

        if (isDryRun)
        {
            await transaction.RollbackAsync(cancellationToken);
            return (Result(), null);
        }

        var result = Result();
        var entry = new AuditEntry(caller, AuditVerbs.Import, "oneroster")
        {
            Count = result.Written + result.Removed,
            Detail = string.Join(' ', result.Files.Select(file => $"{file.File}={file.Written + file.Removed}")),
        };
        return (result, await CommitPosition.CommitAsync(connection, entry));

        RosterResult Result() => new(isDryRun, [.. staged.Where(file => package.Has(file.File.FileName)).Select(file => file.ToResult())], ignored);

        void ThrowIfRejected()
        {
            if (staged.Any(file => file.Errors.Rows > 0))
            {
                throw Result().ToProblem();
            }
        }
    }
}
