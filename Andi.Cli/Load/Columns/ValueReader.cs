namespace Andi.Cli.Load.Columns;

/// <summary>Reads the text of a CSV field as a value of a column's type, exactly: what would have to be rounded, cut or guessed is refused.</summary>
internal abstract class ValueReader
{
    /// <summary>Appends the value, as RowBinary has it.</summary>
    /// <param name="utf8">The field, unquoted; valid UTF-8.</param>
    /// <param name="row">Takes the value; what it holds after a refusal is not to be used.</param>
    /// <returns>Why the field is refused, reading on from the column's name; null where it is not.</returns>
    public abstract string? Read(ReadOnlySpan<byte> utf8, RowBytes row);
}
