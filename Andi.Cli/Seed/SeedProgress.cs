using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Andi.Cli.Seed;

/// <summary>Shows how far the files are: bars on a terminal; elsewhere a line when a file is done, and every ten seconds.</summary>
internal static class SeedProgress
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    /// <param name="files">What is to be sent, in turn.</param>
    /// <param name="lines">Takes the lines, where there are no bars: those need the output for themselves.</param>
    /// <param name="work">Sends them, and reports rows done as they are.</param>
    public static Task RunAsync(IReadOnlyList<SeedFile> files, TextWriter lines, Func<Action<SeedFile, long>, Task> work) =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected && lines == Console.Out ? OnTerminalAsync(files, work) : InLinesAsync(lines, work);

    private static Task OnTerminalAsync(IReadOnlyList<SeedFile> files, Func<Action<SeedFile, long>, Task> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
        .StartAsync(async context =>
        {
            var tasks = files.ToDictionary(file => file, file => context.AddTask(file.Title, autoStart: false, maxValue: file.Count));
            await work((file, rows) =>
            {
                var task = tasks[file];
                if (!task.IsStarted)
                {
                    task.StartTask();
                }

                task.Increment(rows);
            });
        });

    private static async Task InLinesAsync(TextWriter lines, Func<Action<SeedFile, long>, Task> work)
    {
        var (done, started, printed) = (0L, Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        SeedFile? current = null;
        await work((file, rows) =>
        {
            if (file != current)
            {
                (current, done, started, printed) = (file, 0, Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
            }

            done += rows;
            if (done == file.Count || Stopwatch.GetElapsedTime(printed) >= LineEvery)
            {
                printed = Stopwatch.GetTimestamp();
                var rate = done / Math.Max(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.001);
                lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Title}: {done:N0} of {file.Count:N0} ({rate:N0}/s)"));
            }
        });
    }

    private sealed class RateColumn : ProgressColumn
    {
        public override Spectre.Console.Rendering.IRenderable Render(Spectre.Console.Rendering.RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(string.Create(CultureInfo.InvariantCulture, $"{task.Value:N0} ({task.Speed ?? 0:N0}/s)"));
    }
}
