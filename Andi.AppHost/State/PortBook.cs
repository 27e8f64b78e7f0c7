using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Andi.AppHost.State;

/// <summary>
/// Chooses the ports. One that was asked for must be free; else the one of the last start is taken again where it still is free
/// (bookmarks and connection strings live on), else a random one. Below the ephemeral range, so that no outgoing connection can take it meanwhile.
/// </summary>
internal sealed class PortBook
{
    private const int Lowest = 20_000;
    private const int Highest = 32_000;
    private const int Attempts = 1_000;

    private readonly string _file;
    private readonly Dictionary<string, int> _remembered;
    private readonly HashSet<int> _given = [];

    public PortBook(StateFolder state)
    {
        _file = state.Ports;
        _remembered = File.Exists(_file) ? JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(_file)) ?? [] : [];
    }

    /// <param name="name">What the port is for; <c>--{name}-port</c> is the option that asks for one.</param>
    /// <param name="asked">The port that was asked for, or null.</param>
    /// <exception cref="TopologyException">The port that was asked for is taken.</exception>
    public int Take(string name, int? asked)
    {
        if (asked is { } port)
        {
            if (!_given.Add(port) || !IsFree(port))
            {
                throw new TopologyException($"Port {port} (--{name}-port) is taken. Stop what listens there, give another port, or leave the option off to have a free one picked.");
            }

            return port;
        }

        if (!_remembered.TryGetValue(name, out port) || _given.Contains(port) || !IsFree(port))
        {
            port = Random();
            _remembered[name] = port;
        }

        _given.Add(port);
        return port;
    }

    /// <summary>Ports of several replicas; what was asked for is the first one's.</summary>
    public IReadOnlyList<int> Take(string name, int? asked, int replicas) =>
        [.. Enumerable.Range(1, replicas).Select(replica => replica == 1 ? Take(name, asked) : Take($"{name}-{replica}", null))];

    public void Remember() => OwnerFile.Write(_file, JsonSerializer.Serialize(_remembered));

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

        throw new TopologyException($"No free port was found between {Lowest} and {Highest}; name ports with the --*-port options.");
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
