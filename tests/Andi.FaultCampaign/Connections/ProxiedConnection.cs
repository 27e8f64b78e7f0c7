using System.Net.Sockets;

namespace Andi.FaultCampaign.Connections;

/// <summary>One connection of a service to a store.</summary>
internal sealed class ProxiedConnection
{
    private const int BufferSize = 32 * 1024;

    private readonly Socket _service;
    private readonly Socket _store;

    public ProxiedConnection(Socket service, Socket store)
    {
        _service = service;
        _store = store;
        foreach (var socket in (Socket[])[service, store])
        {
            socket.NoDelay = true;
        }
    }

    /// <summary>Carries bytes both ways until both sides have said that they are done.</summary>
    public Task CarryAsync(Flow toStore, Flow toService) =>
        Task.WhenAll(PumpAsync(_service, _store, toStore), PumpAsync(_store, _service, toService));

    /// <summary>Ends it at once, for both sides with a reset; what was under way is lost.</summary>
    public void Cut()
    {
        foreach (var socket in (Socket[])[_service, _store])
        {
            try
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // It is gone already.
            }

            socket.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Flow flow)
    {
        var buffer = new byte[BufferSize];
        try
        {
            while (await from.ReceiveAsync(buffer) is var received and > 0)
            {
                await flow.OpenAsync();
                var (passing, isCut) = flow.Admit(received);
                for (var sent = 0; sent < passing;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, passing - sent));
                }

                if (isCut)
                {
                    Cut();
                    return;
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            // One direction that fails ends both.
            Cut();
            throw;
        }
    }
}
