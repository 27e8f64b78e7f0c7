using System.Runtime.CompilerServices;

namespace Andi.Simulation.Checks;

/// <summary>The text of a difference; made only where there is one.</summary>
[InterpolatedStringHandler]
internal ref struct Difference
{
    private DefaultInterpolatedStringHandler _text;

    public Difference(int literalLength, int formattedCount, bool isRight, out bool isWanted)
    {
        isWanted = !isRight;
        _text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public string Text => _text.ToString();

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);
}
