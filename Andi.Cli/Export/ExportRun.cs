using Andi.Cli.Terminal;
using Andi.Warehouse.Client;

namespace Andi.Cli.Export;

/// <summary>Streams a table into a file, which has its name only once it is whole.</summary>
internal sealed class ExportRun(ClickHouseClient warehouse)
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(6);

    /// <returns>Bytes written.</returns>
    /// <exception cref="CommandFailure">There is no such table or format, the file is there already, or it cannot be written.</exception>
    public async Task<long> RunAsync(string table, string file, bool force, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var format = ExportFormat.Of(file);
        if (File.Exists(file) && !force)
        {
            throw new CommandFailure($"{file} is there already; --force replaces it.");
        }

        var select = await ExportedTable.SelectAsync(warehouse, table, cancellationToken);
        var unfinished = file + ".part";
        try
        {
            using var step = begin($"{table} to {file}", null);
            var bytes = await WriteAsync($"{select} FORMAT {format.Name}", unfinished, step, cancellationToken);
            File.Move(unfinished, file, overwrite: force);
            return bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{file} cannot be written: {exception.Message}");
        }
        finally
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }

    private async Task<long> WriteAsync(string sql, string file, IWorkStep step, CancellationToken cancellationToken)
    {
        await using var target = new CountedStream(new FileStream(file, FileMode.Create, FileAccess.Write), step);
        await warehouse.CopyToAsync(new(sql) { Name = "export", Settings = ExportFormat.Settings, Timeout = Limit }, target, cancellationToken);
        return target.Written;
    }
}
