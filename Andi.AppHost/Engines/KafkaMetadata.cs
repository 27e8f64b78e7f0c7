using System.Buffers.Binary;
using System.Net.Sockets;

namespace Andi.AppHost.Engines;

/// <summary>
/// A metadata request (version 0), the first thing that every Kafka client sends, written out by hand: the host needs no more of the protocol,
/// and so no Kafka client.
/// </summary>
internal static class KafkaMetadata
{
    private const short MetadataKey = 3;
    private const int LongestAnswer = 16 * 1024 * 1024;

    /// <summary>How many brokers the one on this port knows of; 0 until it has registered itself.</summary>
    public static Task<int> CountBrokersAsync(int port, CancellationToken cancellationToken) => Loopback.AskAsync(port, AskAsync, cancellationToken);

    private static async Task<int> AskAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        // Size; then key, version, correlation id and client id "andi"; then the topics asked about, where none means all.
        byte[] request =
        [
            0, 0, 0, 18,
            0, (byte)MetadataKey, 0, 0, 0, 0, 0, 1, 0, 4, (byte)'a', (byte)'n', (byte)'d', (byte)'i',
            0, 0, 0, 0,
        ];
        await stream.WriteAsync(request, cancellationToken);

        var size = new byte[4];
        await stream.ReadExactlyAsync(size, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(size);
        if (length is < 8 or > LongestAnswer)
        {
            throw new InvalidDataException($"a metadata answer of {length} bytes is not one");
        }

        var answer = new byte[length];
        await stream.ReadExactlyAsync(answer, cancellationToken);

        // Correlation id, then the array of brokers.
        return BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(4));
    }
}
