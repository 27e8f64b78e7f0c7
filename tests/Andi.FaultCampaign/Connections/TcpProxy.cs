using System.Net;
using System.Net.Sockets;

namespace Andi.FaultCampaign.Connections;

/// <summary>Stands between the services and a store, on a port of its own, so that their connections can be cut at any byte, held up or refused.</summary>
internal sealed class TcpProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _lock = new();
    private readonly HashSet<ProxiedConnection> _connections = [];
    private volatile bool _refuses;

    public TcpProxy()
    {
        _listener.Start(backlog: 512);
        _ = AcceptAsync();
    }

    /// <summary>Where services connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Where the store listens; to be said before anything connects.</summary>
    public int StorePort { get; set; }

    public Flow ToStore { get; } = new();

    public Flow ToService { get; } = new();

    public Flow Of(Direction direction) => direction == Direction.ToStore ? ToStore : ToService;

    /// <summary>Cuts every connection that there is.</summary>
    /// <returns>How many.</returns>
    public int CutAll()
    {
        ProxiedConnection[] all;
        lock (_lock)
        {
            all = [.. _connections];
        }

        foreach (var connection in all)
        {
            connection.Cut();
        }

        return all.Length;
    }

    /// <summary>From now on new connections are cut as soon as they are made, until <see cref="Admit"/>.</summary>
    public void Refuse() => _refuses = true;

    public void Admit() => _refuses = false;

    public void Dispose()
    {
        _listener.Dispose();
        CutAll();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket service;
            try
            {
                service = await _listener.AcceptSocketAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = CarryAsync(service);
        }
    }

    private async Task CarryAsync(Socket service)
    {
        var store = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var connection = new ProxiedConnection(service, store);
        lock (_lock)
        {
            _connections.Add(connection);
        }

        try
        {
            if (!_refuses)
            {
                await store.ConnectAsync(IPAddress.Loopback, StorePort);
                await connection.CarryAsync(ToStore, ToService);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The store is not there, or the connection was cut: the service sees a reset.
        }
        finally
        {
            connection.Cut();
            lock (_lock)
            {
                _connections.Remove(connection);
            }
        }
    }
}
