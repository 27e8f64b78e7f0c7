using Andi.Oltp.Imports.Csv;

namespace Andi.Oltp.Imports.Columns;

/// <summary>A column of an import's table and how it is read from a CSV file, whose columns may come in any order.</summary>
/// <param name="name">The column in the database.</param>
/// <param name="type">Its PostgreSQL type.</param>
public abstract class ImportColumn(string name, string type)
{
    public string Name { get; } = name;

    public string Type { get; } = type;

    /// <summary>How the columns it reads are called in messages: <c>studentId</c>, <c>dimension:&lt;name&gt;</c>.</summary>
    public abstract IReadOnlyList<string> Fields { get; }

    /// <summary>Takes the columns it needs from the header and returns what reads a row of this file.</summary>
    public abstract BoundColumn Bind(CsvHeader header);
}

/// <summary>An <see cref="ImportColumn"/> that knows where in the file its values stand.</summary>
public abstract class BoundColumn
{
    /// <summary>Writes the row's value of this column; where it is wrong, says so and may have written anything.</summary>
    public abstract void Write(CsvCursor row, Copy.CopyRow copy, RowErrors errors);
}
