using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Andi.Warehouse.Client;

namespace Andi.IntegrationTests.Pipeline.Substitutes;

/// <summary>The warehouse; passes all on. What derives from it lacks one thing.</summary>
internal abstract class LandingSubstitute(ILandingStore sound) : ILandingStore
{
    public virtual Task RevokeAsync(LandingTable table, PartitionOwnership ownership, CancellationToken cancellationToken) =>
        sound.RevokeAsync(table, ownership, cancellationToken);

    public virtual Task InsertAsync(LandingBatch rows, string token, CancellationToken cancellationToken) => sound.InsertAsync(rows, token, cancellationToken);

    public Task RetractAllAsync(LandingTable table, PartitionOwnership ownership, Truncation truncation, string token, CancellationToken cancellationToken) =>
        sound.RetractAllAsync(table, ownership, truncation, token, cancellationToken);
}

/// <summary>Lacks deduplication: the same rows come with another token each time.</summary>
internal sealed class KnowsNoRepeat(ILandingStore sound) : LandingSubstitute(sound)
{
    public override Task InsertAsync(LandingBatch rows, string token, CancellationToken cancellationToken) =>
        base.InsertAsync(rows, $"{token}/{Guid.NewGuid()}", cancellationToken);
}

/// <summary>Lacks retractions: no row takes another one back.</summary>
internal sealed class KeepsNoRetractions(ILandingStore sound, ClickHouseClient warehouse) : LandingSubstitute(sound)
{
    public override async Task InsertAsync(LandingBatch rows, string token, CancellationToken cancellationToken)
    {
        await base.InsertAsync(rows, token, cancellationToken);
        var table = $"{Identifier.Quote(rows.Table.Database)}.{Identifier.Quote(rows.Table.Name)}";
        await warehouse.ExecuteAsync(new ClickHouseStatement($"ALTER TABLE {table} DELETE WHERE _sign = -1 SETTINGS mutations_sync = 2"), cancellationToken);
    }
}

/// <summary>Lacks fences: rows of owners before are not refused.</summary>
internal sealed class RevokesNobody(ILandingStore sound) : LandingSubstitute(sound)
{
    public override Task RevokeAsync(LandingTable table, PartitionOwnership ownership, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Goes wrong: no row arrives.</summary>
internal sealed class InsertsNothing(ILandingStore sound) : LandingSubstitute(sound)
{
    public override Task InsertAsync(LandingBatch rows, string token, CancellationToken cancellationToken) =>
        throw new IOException("The insert is lost on purpose.");
}
