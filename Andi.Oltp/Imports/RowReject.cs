namespace Andi.Oltp.Imports;

/// <summary>A row that was not accepted.</summary>
/// <param name="Line">The line of the file on which the row begins, counted from 1, the header being line 1.</param>
/// <param name="Field">The column that is wrong, several separated by commas; null where it is the row as a whole.</param>
/// <param name="Reason">Reads on from the field's name.</param>
public sealed record RowReject(long Line, string? Field, string Reason);
