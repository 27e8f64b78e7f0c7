using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Andi.Simulation.Scheduling;

/// <summary>What happened in a world, a line a step. Kept only where somebody is going to read it.</summary>
internal sealed class Schedule(bool isRecorded) : Schedule.IWriter
{
    private readonly List<string> _lines = [];

    public bool IsRecorded => isRecorded;

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The step that is being taken, from 1.</summary>
    public int Step { get; set; }

    /// <summary>Costs nothing where the schedule is not recorded.</summary>
    public void Note([InterpolatedStringHandlerArgument("")] ref Line line)
    {
        if (isRecorded)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{Step,5}  {line.Text}"));
        }
    }

    /// <summary>Who makes texts for the schedule.</summary>
    internal interface IWriter
    {
        bool IsRecorded { get; }
    }

    /// <summary>A text that is made only where the schedule is recorded.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Line
    {
        private readonly StringBuilder? _text;

        public Line(int literalLength, int formattedCount, IWriter writer, out bool isRecorded)
        {
            isRecorded = writer.IsRecorded;
            _text = isRecorded ? new StringBuilder(literalLength + (formattedCount * 8)) : null;
        }

        public string Text => _text?.ToString() ?? "";

        public void AppendLiteral(string text) => _text!.Append(text);

        public void AppendFormatted<T>(T value) => _text!.Append(CultureInfo.InvariantCulture, $"{value}");
    }
}
