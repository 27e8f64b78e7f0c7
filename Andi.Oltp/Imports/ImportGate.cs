using Andi.Oltp.Requests;
using Microsoft.Extensions.Options;

namespace Andi.Oltp.Imports;

/// <summary>Lets a few imports in at once, so that long uploads leave connections for other requests.</summary>
public sealed class ImportGate(IOptions<ImportOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrent);

    /// <summary>Waits for a place; disposing what it returns gives it back.</summary>
    /// <exception cref="ProblemException">503: none became free in time.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken) =>
        await _places.WaitAsync(TimeSpan.FromSeconds(options.Value.WaitSeconds), cancellationToken)
            ? new Place(_places)
            : throw new ProblemException(
                StatusCodes.Status503ServiceUnavailable, "Too many imports.", $"{options.Value.MaxConcurrent} imports are running; try again later.");

    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
