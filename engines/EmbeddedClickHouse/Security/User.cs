namespace Andi.EmbeddedClickHouse.Security;

/// <summary>Who sent a request, as far as the password check knows.</summary>
/// <param name="Name">The name, which is also that of the engine's role.</param>
/// <param name="IsNamed">One of <see cref="EmbeddedClickHouseOptions.Users"/>: the statement runs with nothing but what its role was granted.</param>
/// <param name="ReadOnly">Only statements that read are taken.</param>
internal sealed record User(string Name, bool IsNamed, bool ReadOnly);
