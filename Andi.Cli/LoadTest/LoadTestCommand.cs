using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Seed;
using Andi.Cli.Terminal;

namespace Andi.Cli.LoadTest;

/// <summary><c>load-test</c>: how many requests the running APIs answer, and how fast.</summary>
internal static class LoadTestCommand
{
    private const int SomeFailed = 1;
    private const int MaxClients = 1_000;
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var duration = new Option<TimeSpan>("--duration")
        {
            Description = "How long, as hh:mm:ss.",
            HelpName = "hh:mm:ss",
            DefaultValueFactory = _ => TimeSpan.FromSeconds(30),
        };
        var clients = Number("--clients", "How many clients send at once.", 8, 1, MaxClients);
        var writeShare = Number("--write-share", "Percent of the requests that are writes; 0 for none.", 10, 0, 100);
        var json = new Option<bool>("--json") { Description = "Answer as JSON; times in milliseconds." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "load-test",
            "Send reads and writes to the running APIs and report requests per second, percentiles and failures. Reads ask what dashboards ask, "
            + "about data that exists; writes change rows that the test creates and removes afterwards. Ends with 0 if every request succeeded, "
            + $"{SomeFailed} if one failed or the test could not begin.")
        {
            duration, clients, writeShare, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var file = arguments.GetValue(runFile);
            var andi = RunningAndi.Find(null, null, file);
            using var warehouse = RunningStores.Find(file).OpenWarehouse();
            using var writes = Client(andi.Oltp, andi.Token);
            using var reads = Client(andi.Analytics ?? throw new CommandFailure("The run file names no read API."), andi.Token);
            var questions = new List<ReadQuestion>();
            foreach (var area in SubjectAreas.All)
            {
                questions.AddRange(await area.QuestionsAsync(warehouse, cancellationToken));
            }

            if (questions.Count == 0)
            {
                throw new CommandFailure("The warehouse holds no data to ask for; run seed first.");
            }

            var options = new LoadTestOptions(arguments.GetValue(duration), arguments.GetValue(clients), arguments.GetValue(writeShare));
            var output = await WorkProgress.RunAsync(begin => new LoadTestRun(writes, reads, questions, options).RunAsync(begin, cancellationToken));
            output.Print(arguments.GetValue(json));
            return output.Ok ? 0 : SomeFailed;
        });
        return command;
    }

    private static HttpClient Client(Uri address, string token)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = MaxClients }) { BaseAddress = address, Timeout = RequestLimit };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static Option<int> Number(string name, string what, int value, int least, int most)
    {
        var option = new Option<int>(name) { Description = what, HelpName = "N", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is var number && (number < least || number > most))
            {
                result.AddError($"{name} must be from {least} to {most}.");
            }
        });
        return option;
    }
}

/// <summary>What a load test does.</summary>
/// <param name="Duration">How long requests are begun.</param>
/// <param name="Clients">Each sends its next request when the one before is answered.</param>
/// <param name="WriteShare">Percent of the requests that are writes.</param>
internal sealed record LoadTestOptions(TimeSpan Duration, int Clients, int WriteShare);

/// <summary>What <c>load-test</c> answers, for people and for programs.</summary>
/// <param name="Ok">No request failed.</param>
/// <param name="Clients">At once.</param>
/// <param name="Seconds">From the first request to the last answer.</param>
/// <param name="Requests">By kind; all together last.</param>
internal sealed record LoadTestOutput(bool Ok, int Clients, double Seconds, IReadOnlyList<RequestTimes> Requests)
{
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, LoadTestJson.Default.LoadTestOutput));
            return;
        }

        var table = new TextTable("requests", "#number", "#per second", "#errors", "#median", "#p95", "#p99", "#longest", "");
        foreach (var kind in Requests)
        {
            table.Add(
                kind.Kind, Amount.Number(kind.Requests), Amount.Number(kind.PerSecond), Amount.Number(kind.Errors),
                Amount.Time(kind.Median), Amount.Time(kind.P95), Amount.Time(kind.P99), Amount.Time(kind.Longest), kind.FirstError ?? "");
        }

        Console.Write(table);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Clients} clients, each sending its next request when the one before was answered, "
            + $"for {Seconds:0.0} s."));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LoadTestOutput))]
internal sealed partial class LoadTestJson : JsonSerializerContext;
