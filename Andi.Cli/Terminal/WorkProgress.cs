using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Andi.Cli.Terminal;

/// <summary>
/// Shows on the error stream how far long work is, so that what a command answers can be piped: bars on a terminal; elsewhere a line when a step begins and
/// ends, and every ten seconds.
/// </summary>
internal static class WorkProgress
{
    /// <param name="work">Is given what makes a step from its title and how much there is to do in it (null: not known yet).</param>
    public static async Task<T> RunAsync<T>(Func<Func<string, double?, IWorkStep>, Task<T>> work)
    {
        if (Console.IsErrorRedirected || Console.IsInputRedirected)
        {
            return await work((title, total) => new LineStep(title, total));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(
                context => work((title, total) =>
                    new BarStep(context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, total ?? 1)), title, total is null)));
    }

    private sealed class BarStep : IWorkStep
    {
        private readonly ProgressTask _task;
        private readonly string _title;

        public BarStep(ProgressTask task, string title, bool isEndless)
        {
            (_task, _title) = (task, title);
            _task.IsIndeterminate = isEndless;
        }

        public void Report(double done, double? total = null, string? detail = null)
        {
            if (total is { } known)
            {
                _task.MaxValue = Math.Max(1, known);
                _task.IsIndeterminate = false;
            }

            // A bar without an end says nothing of how far it is.
            if (_task.IsIndeterminate && detail is not null)
            {
                _task.Description = Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{_title}: {done:N0} {detail}"));
            }

            _task.Value = done;
        }

        public void Dispose()
        {
            _task.IsIndeterminate = false;
            _task.Value = _task.MaxValue;
            _task.StopTask();
        }
    }

    private sealed class LineStep : IWorkStep
    {
        private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

        private readonly string _title;
        private readonly long _started = Stopwatch.GetTimestamp();
        private long _printed = Stopwatch.GetTimestamp();
        private double? _total;
        private double _done;

        public LineStep(string title, double? total) => (_title, _total) = (title, total);

        public void Report(double done, double? total = null, string? detail = null)
        {
            (_done, _total) = (done, total ?? _total);
            if (Stopwatch.GetElapsedTime(_printed) >= LineEvery)
            {
                _printed = Stopwatch.GetTimestamp();
                var of = _total is { } known ? string.Create(CultureInfo.InvariantCulture, $" of {known:N0}") : "";
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_title}: {done:N0}{of}{(detail is null ? "" : $" {detail}")}"));
            }
        }

        public void Dispose() => Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{_title}: {_done:N0} in {Stopwatch.GetElapsedTime(_started).TotalSeconds:N1} s"));
    }
}

/// <summary>One step of long work; disposed when it is over.</summary>
internal interface IWorkStep : IDisposable
{
    /// <param name="done">So far.</param>
    /// <param name="total">How much there is to do, where that has changed.</param>
    /// <param name="detail">What is counted, and what else to say; shown where there is no bar with an end.</param>
    void Report(double done, double? total = null, string? detail = null);
}
