namespace Andi.Cli.Backfill;

/// <summary>A column of a landing table that takes a column of the source.</summary>
internal sealed record ColumnRow(string Table, string Column, string Type);

/// <summary>A key of <c>_unmapped</c>, and in how many rows it is.</summary>
internal sealed record UnmappedKey(string Key, long Rows);
