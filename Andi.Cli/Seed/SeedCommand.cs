using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Andi.Cli.Seed;

/// <summary><c>seed</c>: fills a running Andi with data that looks real, through its public import endpoint.</summary>
internal static class SeedCommand
{
    private const int DefaultStudents = 10_000;
    private const int MaxStudents = 50_000_000;

    /// <summary>Rows of a request at most, each of which is one transaction: small enough to flow on while the next is sent.</summary>
    private const long RowsPerRequest = 250_000;

    public static Command Create()
    {
        var students = new Option<int>("--students")
        {
            Description = "How many students; the numbers of all other rows follow from it.",
            DefaultValueFactory = _ => DefaultStudents,
        };
        students.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is < 1 or > MaxStudents)
            {
                result.AddError($"--students must be from 1 to {MaxStudents}.");
            }
        });
        var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same data.", DefaultValueFactory = _ => 1 };
        var url = new Option<string?>("--url") { Description = "The address of the write API; default: that of the run file." };
        var token = new Option<string?>("--token") { Description = "The bearer token; default: that of the run file." };
        var runFile = new Option<string?>("--run-file")
        {
            Description = "The file that the host writes once everything is healthy; default: .andi/run.json here or above.",
        };
        var json = new Option<bool>("--json") { Description = "Answer as JSON; progress goes to the error stream." };
        var command = new Command(
            "seed",
            "Fill a running Andi with deterministic, realistic data. Running it again changes nothing. Ends with 0 if all of the data is there, "
            + "else with 1.")
        {
            students, seed,
        };
        var options = SubjectAreas.All.SelectMany(area => area.Options).ToList();
        foreach (var option in options.Select(option => option.Option).Concat<Option>([url, token, runFile, json]))
        {
            command.Add(option);
        }

        command.SetAction(async (arguments, cancellationToken) =>
        {
            var andi = RunningAndi.Find(arguments.GetValue(url), arguments.GetValue(token), arguments.GetValue(runFile));
            using var client = new ImportClient(andi.Oltp, andi.Token);
            var started = Stopwatch.GetTimestamp();
            var asJson = arguments.GetValue(json);
            var written = await SendAsync(
                client, arguments.GetValue(students), arguments.GetValue(seed), asJson ? Console.Error : Console.Out, cancellationToken);
            foreach (var option in options)
            {
                if (arguments.GetValue(option.Option) is { } path)
                {
                    await option.WriteAsync(path, arguments.GetValue(students), arguments.GetValue(seed), cancellationToken);
                }
            }

            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Console.WriteLine(asJson
                ? JsonSerializer.Serialize(new SeedOutput(written, seconds), SeedJson.Default.SeedOutput)
                : string.Create(CultureInfo.InvariantCulture, $"{written:N0} rows written in {seconds:N1} s"));
            return 0;
        });
        return command;
    }

    private static async Task<long> SendAsync(ImportClient client, int students, ulong seed, TextWriter lines, CancellationToken cancellationToken)
    {
        long written = 0;
        var files = SubjectAreas.All.SelectMany(area => area.Files(students, seed)).ToList();
        await SeedProgress.RunAsync(files, lines, async report =>
        {
            foreach (var file in files)
            {
                for (long from = 0; from < file.Count; from += RowsPerRequest)
                {
                    using var content = new SeedContent(file, from, Math.Min(from + RowsPerRequest, file.Count), done => report(file, done));
                    written += (await client.SendAsync(file.Entity, file.Mode, content, cancellationToken)).Written;
                }
            }
        });
        return written;
    }
}

/// <summary>What <c>seed --json</c> answers.</summary>
/// <param name="RowsWritten">That were not there before, or different.</param>
/// <param name="Seconds">It took.</param>
internal sealed record SeedOutput(long RowsWritten, double Seconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SeedOutput))]
internal sealed partial class SeedJson : JsonSerializerContext;
