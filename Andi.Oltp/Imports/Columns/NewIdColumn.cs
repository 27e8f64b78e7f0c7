using Andi.Oltp.Imports.Copy;
using Andi.Oltp.Imports.Csv;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Imports.Columns;

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
