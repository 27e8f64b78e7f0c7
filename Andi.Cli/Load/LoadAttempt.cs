using System.Text;
using Andi.Cli.Backup;
using Andi.Cli.Load.Columns;
using Andi.Cli.Terminal;
using Andi.Warehouse.Client;

namespace Andi.Cli.Load;

/// <summary>
/// The rows that one run of the command writes of a file. They bear the id of this attempt, which nobody else has, and count once the file is recorded with
/// it.
/// </summary>
/// <param name="warehouse">Where to.</param>
/// <param name="table">Where to.</param>
/// <param name="fileId">Of the content that was checked.</param>
/// <param name="id">Of this attempt.</param>
internal sealed class LoadAttempt(ClickHouseClient warehouse, LoadableTable table, string fileId, Guid id)
{
    private const int FlushBytes = 256 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromHours(6);

    private static readonly Dictionary<string, string> InsertSettings = new()
    {
        ["insert_deduplicate"] = "0",
        ["async_insert"] = "0",
        ["max_partitions_per_insert_block"] = "0",
    };

    public string FileId => fileId;

    public Guid Id => id;

    /// <summary>Sends the rows while the file is read a second time.</summary>
    /// <exception cref="CommandFailure">The content is not what was checked; what is there of it does not count.</exception>
    public async Task InsertAsync(SourceFile file, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        using var step = begin($"loading {file.Name}", file.Length);
        var insert = new ClickHouseInsert(StagingTable.Database, table.Name, "RowBinary")
        {
            Columns = [.. table.Columns.Select(column => column.Name), .. StagingTable.LoadColumns],
            Settings = InsertSettings,
            Timeout = Limit,
        };
        await warehouse.InsertAsync(insert, (target, cancellation) => WriteAsync(file, step, target, cancellation), cancellationToken);
    }

    /// <summary>How many of its rows are there.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => CountAsync($"{Named} AND _attempt = '{id}'", cancellationToken);

    /// <summary>Takes its rows away again; they do not count.</summary>
    public Task RemoveAsync(CancellationToken cancellationToken) => RemoveAsync($"{Named} AND _attempt = '{id}'", cancellationToken);

    /// <summary>Takes away what other attempts at the file have left, which were cut off or came second: nobody sees it, it only takes room.</summary>
    /// <param name="warehouse">Where it is.</param>
    /// <param name="table">Where it is.</param>
    /// <param name="fileId">Of the file.</param>
    /// <param name="counts">The attempt that the file is recorded with, for ever.</param>
    public static Task RemoveOthersAsync(ClickHouseClient warehouse, LoadableTable table, string fileId, Guid counts, CancellationToken cancellationToken)
    {
        var recorded = new LoadAttempt(warehouse, table, fileId, counts);
        return recorded.RemoveAsync($"{recorded.Named} AND _attempt != '{counts}'", cancellationToken);
    }

    // Digits and letters from here, not from the file: a mutation takes no parameters.
    private string Named => $"_file_id = '{fileId}'";

    private Task<long> CountAsync(string condition, CancellationToken cancellationToken) =>
        warehouse.ScalarAsync<long>(new($"SELECT count() FROM {table.Quoted} WHERE {condition}") { Timeout = Limit }, cancellationToken);

    private async Task RemoveAsync(string condition, CancellationToken cancellationToken)
    {
        if (await CountAsync(condition, cancellationToken) > 0)
        {
            await warehouse.ExecuteAsync(new($"DELETE FROM {table.Quoted} WHERE {condition}") { Name = "load", Timeout = Limit }, cancellationToken);
        }
    }

    private async Task WriteAsync(SourceFile file, IWorkStep step, Stream target, CancellationToken cancellationToken)
    {
        await using var content = file.Read(step);
        using var csv = new CsvRows(content, table, maxListed: 1);
        var rows = new RowBytes();
        var fileIdText = Encoding.UTF8.GetBytes(fileId);
        if (await csv.ReadHeaderAsync(cancellationToken))
        {
            while (await csv.ReadAsync(rows, cancellationToken) && csv.Errors.Rows == 0)
            {
                rows.Text(fileIdText);
                rows.Uuid(id);
                rows.Write((ulong)csv.Line);
                if (rows.Length >= FlushBytes)
                {
                    await target.WriteAsync(rows.Written, cancellationToken);
                    rows.Truncate(0);
                }
            }
        }

        if (csv.Errors.Rows > 0 || content.Id() != fileId)
        {
            throw new CommandFailure($"{file.Name} was changed while it was read; none of its rows count. Run load again.");
        }

        await target.WriteAsync(rows.Written, cancellationToken);
    }
}
