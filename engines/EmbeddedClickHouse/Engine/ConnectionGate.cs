using System.Globalization;
using Andi.EmbeddedClickHouse.Errors;
using Microsoft.Extensions.Options;

namespace Andi.EmbeddedClickHouse.Engine;

/// <summary>Lets a bounded number of statements run at a time; further ones wait, up to a limit.</summary>
internal sealed class ConnectionGate(IOptions<EmbeddedClickHouseOptions> options) : IDisposable
{
    private readonly int _maximum = options.Value.MaxConnections;
    private readonly TimeSpan _wait = options.Value.ConnectionWaitTimeout;
    private readonly SemaphoreSlim _places = new(options.Value.MaxConnections);

    /// <summary>Takes a place, which is given back by disposing. Error 202 when none became free in time.</summary>
    public async Task<Place> EnterAsync(CancellationToken cancellationToken) =>
        await _places.WaitAsync(_wait, cancellationToken)
            ? new Place(_places)
            : throw ClickHouseException.Of(
                ErrorCode.TooManySimultaneousQueries, string.Create(CultureInfo.InvariantCulture, $"Too many simultaneous queries. Maximum: {_maximum}"));

    /// <summary>Waits until no statement runs; false when that took longer than <paramref name="timeout"/>. Nothing can enter afterwards.</summary>
    public async Task<bool> CloseAsync(TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout);
        for (var i = 0; i < _maximum; i++)
        {
            try
            {
                await _places.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => _places.Dispose();

    public readonly struct Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
