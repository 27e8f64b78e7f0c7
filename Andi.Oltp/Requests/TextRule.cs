namespace Andi.Oltp.Requests;

/// <summary>
/// Checks a text given as UTF-8, as it comes from JSON and from CSV alike: returns the reason why it is not allowed, or null. The tables' CHECK
/// constraints hold the same (<see cref="Storage.Checks"/>).
/// </summary>
public delegate string? TextRule(ReadOnlySpan<byte> utf8);
