using Andi.AppHost.State;
using Andi.Topology;
using Spectre.Console;

namespace Andi.AppHost.Native;

/// <summary>What the native host prints: its steps with their seconds, one table of addresses, and the children's warnings and errors.</summary>
internal sealed class HostConsole
{
    private static readonly Color[] Colours = [Color.Teal, Color.Olive, Color.Purple, Color.Blue, Color.Green, Color.Maroon, Color.Fuchsia, Color.Aqua];

    // One line stays one line whatever the width of the terminal: logs are searched and copied.
    private const int LongestLine = 100_000;

    private readonly IAnsiConsole _lines = Unwrapped();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Color> _colours = [];
    private readonly HashSet<string> _ready = [];
    private volatile bool _quiet;

    public void Tell(TopologyEvent told)
    {
        switch (told)
        {
            case TopologyEvent.Progress progress:
                Print($"  [grey]…[/] {progress.Name,-14} [grey]{Markup.Escape(progress.Text)}[/]");
                break;
            case TopologyEvent.Done done:
                lock (_lock)
                {
                    _ready.Add(done.Name);
                }

                Print($"  [green]✓[/] {done.Name,-14} {done.After.TotalSeconds,6:0.0} s  [grey]{Markup.Escape(done.Detail)}[/]");
                break;
            case TopologyEvent.Line { Severity: not LogSeverity.Information } line when Shows(line.Name):
                var colour = line.Severity == LogSeverity.Error ? "red" : "yellow";
                Print($"[{ColourOf(line.Name).ToMarkup()}]{line.Name,-14}[/] [{colour}]│[/] {Markup.Escape(line.Text)}");
                break;
        }
    }

    /// <summary>From now on nothing that children write is shown: what a stop makes them say is in their logs.</summary>
    public void Quieten() => _quiet = true;

    public void Say(string text) => Print(Markup.Escape(text));

    public void Fail(string text)
    {
        var lines = text.Split('\n', 2);
        Print($"[red]✗ {Markup.Escape(lines[0])}[/]{(lines is [_, var rest] ? Markup.Escape($"\n{rest}") : "")}");
    }

    public void Table(RunFile run, string stateRoot)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("what", "where");
        void Row(string what, string? where)
        {
            if (where is not null)
            {
                table.AddRow(new Text(what), new Text(where));
            }
        }

        Row("OLTP API", Docs(run.Oltp));
        Row("Analytics API", Docs(run.Analytics));
        Row("Dashboard", run.Dashboard);
        Row("PostgreSQL", Address(run.Postgres));
        Row("Kafka", $"{run.Kafka} (protocol {run.KafkaProtocol})");
        Row("ClickHouse", $"http://{new Uri(run.Clickhouse).Authority}");
        Row("Secrets, tokens", Path.Combine(stateRoot, "run.json"));
        Row("Logs", Path.Combine(stateRoot, "logs"));
        lock (_lock)
        {
            Guarded(() => _lines.Write(table));
        }
    }

    private static string? Docs(string? url) => url is null ? null : $"{url}  (API: {url}/docs)";

    private static string Address(string connectionString)
    {
        var parts = new Npgsql.NpgsqlConnectionStringBuilder(connectionString);
        return $"{parts.Host}:{parts.Port}, user {parts.Username}, databases oltp and ingest";
    }

    // Complaints of a process that is not ready yet are part of starting; should it fail, its last lines are shown.
    private bool Shows(string name)
    {
        lock (_lock)
        {
            return !_quiet && _ready.Contains(name);
        }
    }

    private Color ColourOf(string name)
    {
        lock (_lock)
        {
            if (!_colours.TryGetValue(name, out var colour))
            {
                _colours[name] = colour = Colours[_colours.Count % Colours.Length];
            }

            return colour;
        }
    }

    private void Print(string markup)
    {
        lock (_lock)
        {
            Guarded(() => _lines.MarkupLine(markup));
        }
    }

    private static IAnsiConsole Unwrapped()
    {
        var plain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        console.Profile.Width = LongestLine;
        return console;
    }

    // The terminal may be gone (a hang-up is one of the ways to stop); what cannot be printed is not worth failing for.
    private static void Guarded(Action print)
    {
        try
        {
            print();
        }
        catch (IOException)
        {
        }
    }
}
