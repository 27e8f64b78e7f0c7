using System.Text.Json;

namespace Andi.Ingestor.Landing.Native;

/// <summary>
/// Encodes JSON values as one column of a block in ClickHouse's Native format (https://clickhouse.com/docs/interfaces/formats/Native). A value is
/// appended whole or, where it does not fit the type, not at all but with a <see cref="MalformedEventException"/> that says why; the row is then
/// taken back with <see cref="Truncate"/>.
/// </summary>
internal abstract class ColumnEncoder(string type) : IDisposable
{
    /// <summary>The type that the block declares. ClickHouse casts it to the table's: a String may fill a LowCardinality(String).</summary>
    public string Type { get; } = type;

    /// <summary>Appends the value that the reader stands on, and leaves the reader at its end.</summary>
    /// <param name="json">At the value's first token.</param>
    /// <param name="text">All that the reader reads.</param>
    public abstract void Append(ref Utf8JsonReader json, ReadOnlySpan<byte> text);

    /// <summary>Appends a value that <see cref="PlainJson"/> has read, with the quotes that it may have; the result is that of <see cref="Append"/>.</summary>
    public virtual void AppendPlain(ReadOnlySpan<byte> value)
    {
        var json = new Utf8JsonReader(value);
        json.Read();
        Append(ref json, value);
    }

    /// <summary>Appends what the type holds where a source has nothing: null if it can, else zero or empty.</summary>
    public abstract void AppendDefault();

    /// <summary>A mark to come back to.</summary>
    public abstract ColumnMark Mark();

    public abstract void Truncate(ColumnMark mark);

    /// <summary>The column's data, in the order in which it is sent.</summary>
    public abstract IEnumerable<ReadOnlyMemory<byte>> Data();

    public abstract void Dispose();
}

/// <summary>Lengths of an encoder's buffers at some row; <paramref name="Second"/> and <paramref name="Third"/> only where it has more than one.</summary>
internal readonly record struct ColumnMark(int First, int Second = 0, int Third = 0);
