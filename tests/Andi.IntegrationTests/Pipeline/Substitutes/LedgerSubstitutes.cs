using Andi.ChangeEvents;
using Andi.Ingestor.Ledger;

namespace Andi.IntegrationTests.Pipeline.Substitutes;

/// <summary>The ledger; passes all on. What derives from it lacks one thing, or goes wrong in a way that the rest must put up with.</summary>
internal abstract class LedgerSubstitute(IPartitionLedger sound) : IPartitionLedger
{
    protected IPartitionLedger Sound => sound;

    public virtual PartitionOwnership TakeOver(string topic, int partition, int generation, string owner) =>
        sound.TakeOver(topic, partition, generation, owner);

    public void NoteWithoutLandingTable(string topic, int partition, int generation) => sound.NoteWithoutLandingTable(topic, partition, generation);

    public Task NoteRevokedAsync(PartitionOwnership ownership, CancellationToken cancellationToken) => sound.NoteRevokedAsync(ownership, cancellationToken);

    public virtual Task<Declaration> DeclareBatchAsync(PartitionOwnership ownership, PendingBatch batch, CancellationToken cancellationToken) =>
        sound.DeclareBatchAsync(ownership, batch, cancellationToken);

    public virtual Task NoteRefusedAsync(
        PartitionOwnership ownership, OffsetRange batch, IReadOnlyDictionary<long, string> reasons, CancellationToken cancellationToken) =>
        sound.NoteRefusedAsync(ownership, batch, reasons, cancellationToken);

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
    private volatile bool _hasLostIt;

    public bool HasLostIt => _hasLostIt;

    public override async Task MarkAppliedAsync(PartitionOwnership ownership, AppliedBatch batch, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _confirmations) == 1)
        {
            await meanwhile();
            _hasLostIt = true;
            throw new IOException("The confirmation is lost on purpose.");
        }

        await base.MarkAppliedAsync(ownership, batch, cancellationToken);
    }
}

/// <summary>Goes wrong: no confirmation arrives.</summary>
internal sealed class ConfirmsNothing(IPartitionLedger sound) : LedgerSubstitute(sound)
{
    public override Task MarkAppliedAsync(PartitionOwnership ownership, AppliedBatch batch, CancellationToken cancellationToken) =>
        throw new IOException("The confirmation is lost on purpose.");
}

/// <summary>Goes wrong: PostgreSQL is away.</summary>
internal sealed class FailsWhile(IPartitionLedger sound, Func<bool> isAway) : LedgerSubstitute(sound)
{
    public override Task<Declaration> DeclareBatchAsync(PartitionOwnership ownership, PendingBatch batch, CancellationToken cancellationToken) =>
        isAway() ? throw new IOException("The ledger is away on purpose.") : base.DeclareBatchAsync(ownership, batch, cancellationToken);
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
