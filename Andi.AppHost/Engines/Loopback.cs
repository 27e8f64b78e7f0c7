using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Andi.AppHost.Engines;

/// <summary>Asks a question over a TCP connection to the loopback address.</summary>
internal static class Loopback
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Sends one of ZooKeeper's four-letter words and reads the answer to its end.</summary>
    public static Task<string> AskZooKeeperAsync(int port, string word, CancellationToken cancellationToken) =>
        AskAsync(port, async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(word), token);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadToEndAsync(token);
        }, cancellationToken);

    public static async Task<T> AskAsync<T>(int port, Func<NetworkStream, CancellationToken, Task<T>> question, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
            return await question(client.GetStream(), patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer from port {port} within {Patience.TotalSeconds:0} s");
        }
    }
}
