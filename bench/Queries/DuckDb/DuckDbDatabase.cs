using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Andi.Bench.Queries.DuckDb;

/// <summary>
/// DuckDB in this process, by its C interface: the library comes from npm (bench/package.json), as its .NET package is not in every feed. A database in memory,
/// one connection.
/// </summary>
internal sealed unsafe partial class DuckDbDatabase : IDisposable
{
    private const string Library = "duckdb";
    private const int Ok = 0;

    private nint _database;
    private nint _connection;

    static DuckDbDatabase() => NativeLibrary.SetDllImportResolver(
        typeof(DuckDbDatabase).Assembly, static (name, _, _) => name == Library ? NativeLibrary.Load(InstalledLibrary()) : 0);

    /// <exception cref="InvalidOperationException">DuckDB could not be opened.</exception>
    public DuckDbDatabase()
    {
        if (Open(null, out _database) != Ok || Connect(_database, out _connection) != Ok)
        {
            throw new InvalidOperationException("DuckDB could not be opened.");
        }
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>The rows' values as text, tab between them, a line each.</returns>
    /// <exception cref="InvalidOperationException">DuckDB refused it; the message is its own.</exception>
    public string Ask(string sql)
    {
        var code = Query(_connection, sql, out var result);
        try
        {
            if (code != Ok)
            {
                throw new InvalidOperationException($"DuckDB: {Marshal.PtrToStringUTF8((nint)ResultError(&result))}");
            }

            var lines = new List<string>();
            for (ulong row = 0; row < RowCount(&result); row++)
            {
                lines.Add(Line(&result, row));
            }

            return string.Join('\n', lines);
        }
        finally
        {
            DestroyResult(&result);
        }
    }

    public void Dispose()
    {
        Disconnect(ref _connection);
        Close(ref _database);
    }

    private static string Line(Result* result, ulong row)
    {
        var values = new string[ColumnCount(result)];
        for (var column = 0; column < values.Length; column++)
        {
            values[column] = Value(result, (ulong)column, row);
        }

        return string.Join('\t', values);
    }

    private static string Value(Result* result, ulong column, ulong row)
    {
        var text = ValueText(result, column, row);
        try
        {
            return Marshal.PtrToStringUTF8((nint)text) ?? "";
        }
        finally
        {
            Free(text);
        }
    }

    private static string InstalledLibrary()
    {
        var bench = Path.Combine(Andi.Testing.TestState.Solution(), "bench");
        var library = Path.Combine(bench, "node_modules", "@duckdb", "node-bindings-linux-x64", "libduckdb.so");
        if (!File.Exists(library))
        {
            using var npm = Process.Start("npm", ["ci", "--prefix", bench, "--ignore-scripts", "--no-audit", "--no-fund"]);
            npm.WaitForExit();
        }

        return File.Exists(library) ? library : throw new InvalidOperationException($"{library} is not there: 'npm ci --prefix bench' did not install it.");
    }

    [LibraryImport(Library, EntryPoint = "duckdb_open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string? path, out nint database);

    [LibraryImport(Library, EntryPoint = "duckdb_connect")]
    private static partial int Connect(nint database, out nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_query", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Query(nint connection, string sql, out Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_result_error")]
    private static partial byte* ResultError(Result* result);

    [LibraryImport(Library, EntryPoint = "duckdb_row_count")]
    private static partial ulong RowCount(Result* result);

    [LibraryImport(Library, EntryPoint = "duckdb_column_count")]
    private static partial ulong ColumnCount(Result* result);

    [LibraryImport(Library, EntryPoint = "duckdb_value_varchar")]
    private static partial byte* ValueText(Result* result, ulong column, ulong row);

    [LibraryImport(Library, EntryPoint = "duckdb_free")]
    private static partial void Free(byte* text);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_result")]
    private static partial void DestroyResult(Result* result);

    [LibraryImport(Library, EntryPoint = "duckdb_disconnect")]
    private static partial void Disconnect(ref nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_close")]
    private static partial void Close(ref nint database);

    /// <summary><c>duckdb_result</c>, whose fields are DuckDB's own.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Result
    {
        public ulong Columns;
        public ulong Rows;
        public ulong RowsChanged;
        public nint ColumnData;
        public nint Error;
        public nint Internal;
    }
}
