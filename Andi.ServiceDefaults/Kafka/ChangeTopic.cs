namespace Andi.Kafka;

/// <summary>What a change topic's name says.</summary>
/// <param name="Generation">The snapshot and stream that its events belong to, from 1.</param>
/// <param name="Schema">Of the table at its source.</param>
/// <param name="Table">At its source.</param>
public readonly record struct ChangeTopic(int Generation, string Schema, string Table);
