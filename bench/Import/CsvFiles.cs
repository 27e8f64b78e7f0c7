using Npgsql;

namespace Andi.Bench.Import;

/// <summary>CSV files out of PostgreSQL and into it, by its COPY protocol, as psql's <c>\copy</c> does.</summary>
internal static class CsvFiles
{
    /// <summary>Writes what the query returns, with a header.</summary>
    public static async Task WriteAsync(NpgsqlDataSource database, string query, string file, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        using var rows = await connection.BeginTextExportAsync($"COPY ({query}) TO STDOUT (FORMAT CSV, HEADER)", cancellationToken);
        await using var target = File.CreateText(file);
        await CopyAsync(rows, target, cancellationToken);
    }

    /// <summary>Loads a file that has a header into a table.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="table">Name and columns.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task CopyInAsync(NpgsqlDataSource database, string table, string file, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var rows = await connection.BeginTextImportAsync($"COPY {table} FROM STDIN (FORMAT CSV, HEADER)", cancellationToken);
        using var source = File.OpenText(file);
        await CopyAsync(source, rows, cancellationToken);
    }

    // Large pieces: what the characters cost on their way is a hundredth of what PostgreSQL takes for the rows.
    private static async Task CopyAsync(TextReader from, TextWriter to, CancellationToken cancellationToken)
    {
        var buffer = new char[256 * 1024];
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
