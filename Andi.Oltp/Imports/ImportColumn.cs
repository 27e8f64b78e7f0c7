using Andi.Oltp.Imports.Mapping;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Imports;

/// <summary>A column of an import's table and how it is read from a CSV file, whose columns may come in any order.</summary>
/// <param name="name">The column in the database.</param>
/// <param name="type">Its PostgreSQL type.</param>
public abstract class ImportColumn(string name, string type)
{
    public string Name { get; } = name;

    public string Type { get; } = type;

    /// <summary>The file's columns that it reads, as messages name them.</summary>
    public abstract IReadOnlyList<string> Fields { get; }

    /// <summary>What one of <see cref="Fields"/> holds, so that a mapping can bring other forms of it to Andi's.</summary>
    public virtual FieldKind KindOf(string field) => FieldKind.Text;

    /// <summary>Takes the columns it needs from the header and returns what reads a row of this file.</summary>
    public abstract BoundColumn Bind(CsvHeader header);
}

/// <summary>An <see cref="ImportColumn"/> that knows where in the file its values stand.</summary>
public abstract class BoundColumn
{
    /// <summary>The file says nothing of it.</summary>
    public virtual bool IsAbsent => false;

    /// <summary>Writes the row's value of this column; where it is wrong, says so and may have written anything.</summary>
    public abstract void Write(CsvCursor row, CopyRow copy, RowErrors errors);
}

/// <summary>A column that no file has: an id for a row that is new and names none.</summary>
public sealed class NewIdColumn(string name, IdSource ids) : ImportColumn(name, "text")
{
    public override IReadOnlyList<string> Fields => [];

    public override BoundColumn Bind(CsvHeader header) => new Bound(ids);

    private sealed class Bound(IdSource ids) : BoundColumn
    {
        public override void Write(CsvCursor row, CopyRow copy, RowErrors errors)
        {
            Span<byte> id = stackalloc byte[IdSource.Length];
            ids.Next(id);
            copy.Text(id);
        }
    }
}
