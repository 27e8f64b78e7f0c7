namespace Andi.Oltp.Imports.Csv;

/// <summary>A CSV file that cannot be read on: what follows can no longer be told into rows.</summary>
public sealed class CsvException(long line, string reason) : Exception(reason)
{
    /// <summary>Where the row begins that cannot be read, counted from 1.</summary>
    public long Line { get; } = line;
}
