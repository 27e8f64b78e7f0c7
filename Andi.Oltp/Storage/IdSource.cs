namespace Andi.Oltp.Storage;

/// <summary>Makes ids of things whose callers give none: UUIDs of version 7, so that rows recorded together lie together in the index.</summary>
public sealed class IdSource(TimeProvider time)
{
    public string Next() => Guid.CreateVersion7(time.GetUtcNow()).ToString();
}
