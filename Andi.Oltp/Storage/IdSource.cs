namespace Andi.Oltp.Storage;

/// <summary>Makes ids of things whose callers give none: UUIDs of version 7, so that rows recorded together lie together in the index.</summary>
public sealed class IdSource(TimeProvider time)
{
    /// <summary>Characters of an id, all ASCII.</summary>
    public const int Length = 36;

    public string Next() => NextGuid().ToString();

    /// <summary>Writes the id's <see cref="Length"/> bytes.</summary>
    public void Next(Span<byte> utf8) => NextGuid().TryFormat(utf8, out _);

    private Guid NextGuid() => Guid.CreateVersion7(time.GetUtcNow());
}
