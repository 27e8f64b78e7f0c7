using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Audit;
using Andi.Cli.Terminal;
using Andi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Cli.Audit;

/// <summary><c>audit</c>: the log of who wrote and read what.</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "The log of who wrote and read what; check proves that it is whole.") { CreateExport() };

    private static Command CreateExport()
    {
        var file = new Argument<string>("FILE") { Description = "Its extension determines the format: .jsonl, .ndjson or .csv." };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Only entries from this instant on, ISO 8601 with offset." };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Only entries before this instant, ISO 8601 with offset." };
        var force = new Option<bool>("--force") { Description = "Replace the file if it exists." };
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "export",
            "Write the log into a file that only its owner may read, an entry per line with its place in the hash chain. It is streamed, however long it is; "
            + "the file gets its name once it is complete. Ends with 0 if it was written, else with 1.")
        {
            file, from, to, force, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var path = arguments.GetValue(file)!;
            var export = new AuditExport(RunningStores.Find(arguments.GetValue(runFile)).Oltp, arguments.GetValue(from), arguments.GetValue(to));
            var entries = await WorkProgress.RunAsync(begin => export.RunAsync(path, arguments.GetValue(force), begin, cancellationToken));
            Console.WriteLine(arguments.GetValue(json)
                ? JsonSerializer.Serialize(new AuditExportOutput(Path.GetFullPath(path), entries), AuditExportJson.Default.AuditExportOutput)
                : string.Create(CultureInfo.InvariantCulture, $"{entries:N0} entries in {path}"));
            return 0;
        });
        return command;
    }
}

/// <summary>What <c>audit export</c> answers.</summary>
internal sealed record AuditExportOutput(string File, long Entries);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(AuditExportOutput))]
internal sealed partial class AuditExportJson : JsonSerializerContext;

/// <summary>Streams entries into a file, which has its name only once it is whole.</summary>
internal sealed class AuditExport(string oltp, DateTimeOffset? from, DateTimeOffset? to)
{
    private static readonly string Sql = EmbeddedSql.Read("Audit/Sql/exported_entries.sql").Replace("{{columns}}", AuditRows.Columns, StringComparison.Ordinal);

    /// <returns>How many entries were written.</returns>
    /// <exception cref="CommandFailure">The format is not known, the file is there already, or it cannot be written.</exception>
    public async Task<long> RunAsync(string file, bool force, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var format = AuditFileFormat.Of(file);
        if (File.Exists(file) && !force)
        {
            throw new CommandFailure($"{file} already exists; --force replaces it.");
        }

        var unfinished = file + ".part";
        try
        {
            using var step = begin($"audit log to {file}", null);
            var entries = await WriteAsync(format, unfinished, step, cancellationToken);
            File.Move(unfinished, file, overwrite: force);
            return entries;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{file} cannot be written: {exception.Message}");
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private async Task<long> WriteAsync(AuditFileFormat format, string file, IWorkStep step, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(file);
        await using var writer = new StreamWriter(file, options);
        await using var database = NpgsqlDataSource.Create(oltp);
        await using var command = database.CreateCommand(Sql);
        command.CommandTimeout = 0;
        command.Parameters.AddInOrder(Instant(from), Instant(to));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (format.Header is { } header)
        {
            await writer.WriteLineAsync(header.AsMemory(), cancellationToken);
        }

        long entries = 0;
        while (await row.ReadAsync(cancellationToken))
        {
            await writer.WriteLineAsync(format.Line(ExportedEntry.Read(row)).AsMemory(), cancellationToken);
            step.Report(++entries, detail: "entries");
        }

        return entries;

        static NpgsqlParameter Instant(DateTimeOffset? instant) =>
            new() { Value = instant is { } given ? given.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
    }
}
