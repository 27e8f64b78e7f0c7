using Andi.Ingestor.Landing;
using Andi.Ingestor.Ownership;
using Andi.Positions;
using Andi.Warehouse.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Andi.IntegrationTests.Pipeline.ProofOfTheProof;

/// <summary>Parts of the ingestor that lack one thing, and those that go wrong in a way that the others must put up with.</summary>
internal static class Substitutes
{
    /// <summary>Puts what is made of a part into its place.</summary>
    public static void Wrap<T>(this IServiceCollection services, Func<T, IServiceProvider, T> wrap)
        where T : class
    {
        var product = services.Last(service => service.ServiceType == typeof(T)).ImplementationType!;
        services.AddSingleton(provider => wrap((T)ActivatorUtilities.CreateInstance(provider, product), provider));
    }
}

/// <summary>The ledger; passes all on.</summary>
internal abstract class LedgerSubstitute(IPartitionLedger sound) : IPartitionLedger
{
    protected IPartitionLedger Sound => sound;

    public virtual PartitionOwnership TakeOver(string topic, int partition, int generation, string owner) => sound.TakeOver(topic, partition, generation, owner);

    public void NoteWithoutLandingTable(string topic, int partition, int generation) => sound.NoteWithoutLandingTable(topic, partition, generation);

    public Task NoteRevokedAsync(PartitionOwnership ownership, CancellationToken cancellationToken) => sound.NoteRevokedAsync(ownership, cancellationToken);

    public virtual Task<Declaration> DeclareBatchAsync(PartitionOwnership ownership, PendingBatch batch, CancellationToken cancellationToken) =>
        sound.DeclareBatchAsync(ownership, batch, cancellationToken);

    public virtual Task MarkAppliedAsync(PartitionOwnership ownership, AppliedBatch batch, CancellationToken cancellationToken) =>
        sound.MarkAppliedAsync(ownership, batch, cancellationToken);

    public Task<IReadOnlyList<PartitionOwnership>> AdvanceIdleAsync(
        IReadOnlyList<(PartitionOwnership Ownership, PartitionProgress Progress)> moves, CancellationToken cancellationToken) =>
        sound.AdvanceIdleAsync(moves, cancellationToken);
}

/// <summary>Goes wrong: as if PostgreSQL went away after the first insert of all, before the insert could be confirmed.</summary>
/// <param name="sound">Does all else.</param>
/// <param name="meanwhile">Happens before anybody can go on.</param>
internal sealed class LosesFirstConfirmation(IPartitionLedger sound, Func<Task> meanwhile) : LedgerSubstitute(sound)
{
    private int _confirmations;

    public bool HasLostIt => Volatile.Read(ref _confirmations) > 0;

    public override async Task MarkAppliedAsync(PartitionOwnership ownership, AppliedBatch batch, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _confirmations) == 1)
        {
            await meanwhile();
            throw new IOException("The confirmation is lost on purpose.");
        }

        await base.MarkAppliedAsync(ownership, batch, cancellationToken);
    }
}

/// <summary>Lacks the positions: whoever takes a partition over does not know which events were applied.</summary>
internal sealed class ForgetsPositions(IPartitionLedger sound) : LedgerSubstitute(sound)
{
    public override PartitionOwnership TakeOver(string topic, int partition, int generation, string owner)
    {
        var ownership = base.TakeOver(topic, partition, generation, owner);
        return ownership with { Applied = ownership.Applied with { Position = Position.None } };
    }
}

/// <summary>Lacks the intent: nobody learns which batch was under way.</summary>
internal sealed class RecordsNoIntent(IPartitionLedger sound) : LedgerSubstitute(sound)
{
    public override Task<Declaration> DeclareBatchAsync(PartitionOwnership ownership, PendingBatch batch, CancellationToken cancellationToken) =>
        Task.FromResult(Declaration.Declared);

    // As progress without rows, which needs no announcement.
    public override Task MarkAppliedAsync(PartitionOwnership ownership, AppliedBatch batch, CancellationToken cancellationToken) =>
        Sound.AdvanceIdleAsync([(ownership, batch.Progress)], cancellationToken);
}

/// <summary>The warehouse; passes all on.</summary>
internal abstract class LandingSubstitute(ILandingStore sound) : ILandingStore
{
    public virtual Task RevokeAsync(LandingTable table, int partition, long first, long last, CancellationToken cancellationToken) =>
        sound.RevokeAsync(table, partition, first, last, cancellationToken);

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
    public override Task RevokeAsync(LandingTable table, int partition, long first, long last, CancellationToken cancellationToken) => Task.CompletedTask;
}
