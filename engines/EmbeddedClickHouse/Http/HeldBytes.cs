using System.Buffers;
using Microsoft.AspNetCore.WebUtilities;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>The part of a result that is held back: its first bytes in memory, or all of it, in a temporary file behind the first megabyte.</summary>
internal sealed class HeldBytes(int maximum, bool all) : IAsyncDisposable
{
    private const int MemoryThreshold = 1024 * 1024;
    private const int SmallestBuffer = 4096;

    private readonly FileBufferingWriteStream? _spilling = all ? new FileBufferingWriteStream(MemoryThreshold) : null;
    private byte[] _buffer = [];
    private int _length;

    public long Length => _spilling?.Length ?? _length;

    /// <summary>False when there is no more room: what is held must be sent, and the bytes after it.</summary>
    public async ValueTask<bool> TryAddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_spilling is not null)
        {
            await _spilling.WriteAsync(bytes, cancellationToken);
            return true;
        }

        if (bytes.Length > maximum - _length)
        {
            return false;
        }

        EnsureRoom(_length + bytes.Length);
        bytes.CopyTo(_buffer.AsMemory(_length));
        _length += bytes.Length;
        return true;
    }

    public async Task SendAsync(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> send, CancellationToken cancellationToken)
    {
        if (_spilling is null)
        {
            await send(_buffer.AsMemory(0, _length), cancellationToken);
            return;
        }

        await _spilling.DrainBufferAsync(new ForwardingStream(send), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _length = 0;
        }

        if (_spilling is not null)
        {
            await _spilling.DisposeAsync();
        }
    }

    private void EnsureRoom(int size)
    {
        if (size <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(size, Math.Max(SmallestBuffer, _buffer.Length * 2)));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
