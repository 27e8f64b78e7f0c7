using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Andi.AppHost.State;

/// <summary>
/// Chooses the ports and remembers them. A port that was asked for must be free; else the one of the last start is taken again where it still is free
/// (bookmarks and connection strings live on), else a random one, below the ephemeral range, so that no outgoing connection can take it meanwhile.
/// </summary>
internal sealed class PortStore(StateFolder state, IReadOnlyDictionary<string, int> asked)
{
    private const int Lowest = 20_000;
    private const int Highest = 32_000;
    private const int Attempts = 1_000;

    private readonly Dictionary<string, int> _remembered = Read(state);
    private readonly HashSet<int> _given = [];

    /// <summary>What can be asked for with <c>--{name}-port</c>.</summary>
    public static readonly string[] Names =
        ["web", "oltp", "analytics", "ingestor", "dashboard", "postgres", "kafka", "zookeeper", "clickhouse", "otlp-grpc", "otlp-http"];

    /// <param name="name">What the port is for.</param>
    /// <exception cref="StartException">The port that was asked for is taken, or none is free.</exception>
    public int Take(string name)
    {
        if (asked.TryGetValue(name, out var port))
        {
            return _given.Add(port) && IsFree(port)
                ? port
                : throw new StartException(
                    $"Port {port} (--{name}-port) is taken. Stop what listens there, give another port, or leave the option off to have a free one picked.");
        }

        if (!_remembered.TryGetValue(name, out port) || _given.Contains(port) || !IsFree(port))
        {
            port = Random();
            _remembered[name] = port;
        }

        _given.Add(port);
        return port;
    }

    /// <summary>A port that was taken before.</summary>
    public int Remembered(string name) => _remembered[name];

    public void Remember() => SecretFile.Write(state.Ports, JsonSerializer.Serialize(_remembered));

    private static Dictionary<string, int> Read(StateFolder state)
    {
        try
        {
            return File.Exists(state.Ports) ? JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(state.Ports)) ?? [] : [];
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{state.Ports} is damaged: {exception.Message} Remove it; {state.Root} then chooses its ports anew.", exception);
        }
    }

    private int Random()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = System.Random.Shared.Next(Lowest, Highest);
            if (!_given.Contains(port) && IsFree(port))
            {
                return port;
            }
        }

        throw new StartException($"No free port was found between {Lowest} and {Highest}; name ports with the --*-port options.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
