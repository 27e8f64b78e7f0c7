namespace Andi.Oltp.Areas;

/// <summary>
/// A table whose rows are people who may be erased. What refers to them is found by its foreign keys in PostgreSQL, and by the name of the column in the
/// warehouse: there, too, a column of the key's name holds the id of such a person, and no other column does.
/// </summary>
/// <param name="Person">What a row is, in the singular: <c>student</c>.</param>
/// <param name="Table">In the schema <c>public</c>.</param>
/// <param name="Key">The column of its primary key.</param>
/// <param name="Names">The columns that tell who it is, all of text; the others are of a group (a grade, a school).</param>
public sealed record PersonTable(string Person, string Table, string Key, IReadOnlyList<string> Names)
{
    /// <summary>Those of all areas.</summary>
    public static IReadOnlyList<PersonTable> All { get; } = [.. SubjectAreas.All.SelectMany(area => area.Persons)];
}
