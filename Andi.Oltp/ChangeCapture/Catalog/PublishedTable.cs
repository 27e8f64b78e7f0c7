namespace Andi.Oltp.ChangeCapture.Catalog;

/// <summary>A table of the publication, as it is now.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Membership">See <see cref="TableCapture.Membership"/>.</param>
/// <param name="IsFit">Whether it has a primary key and full replica identity.</param>
internal sealed record PublishedTable(string Schema, string Name, uint Membership, bool IsFit);
