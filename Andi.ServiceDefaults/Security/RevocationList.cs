using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Andi.Security;

/// <summary>
/// The revoked tokens as a service sees them. The file is looked at when a token is, at most once a second, so that a revocation takes effect within a second.
/// A file that cannot be read revokes what it revoked before, and is reported in the log and by the health of the service.
/// </summary>
internal sealed partial class RevocationList(IOptions<SecurityOptions> security, TimeProvider time, ILogger<RevocationList> logger)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly string? _file = security.Value.RevocationPath;
    private readonly Lock _looking = new();
    private volatile Seen _seen = new(null, FrozenSet<string>.Empty, null);
    private long _lookedAt = long.MinValue;

    /// <summary>What is wrong with the list; null where nothing is.</summary>
    public string? Problem
    {
        get
        {
            Look();
            return _seen.Problem;
        }
    }

    public bool Contains(string jti)
    {
        Look();
        return _seen.Ids.Contains(jti);
    }

    private void Look()
    {
        var now = time.GetUtcNow().UtcTicks;
        if (_file is null || now - Volatile.Read(ref _lookedAt) is >= 0 and var passed && passed < LookEvery.Ticks)
        {
            return;
        }

        lock (_looking)
        {
            Volatile.Write(ref _lookedAt, now);
            var file = new FileInfo(_file);
            var stamp = file.Exists ? new Stamp(file.LastWriteTimeUtc, file.Length) : null;
            if (stamp != _seen.Stamp)
            {
                _seen = Read(stamp);
            }
        }
    }

    private Seen Read(Stamp? stamp)
    {
        try
        {
            // A list that was there does not go away by itself.
            var ids = stamp is null
                ? throw new InvalidOperationException($"The revocation list {_file} is gone; it still revokes what it revoked.")
                : RevocationFile.Read(_file!).Select(entry => entry.Jti).ToFrozenSet(StringComparer.Ordinal);
            LogRead(_file!, ids.Count);
            return new Seen(stamp, ids, null);
        }
        catch (InvalidOperationException exception)
        {
            LogUnreadable(exception.Message);
            return _seen with { Stamp = stamp, Problem = exception.Message };
        }
    }

    [LoggerMessage(6170, LogLevel.Information, "The revocation list {File} holds {Count} tokens")]
    private partial void LogRead(string file, int count);

    [LoggerMessage(6171, LogLevel.Error, "{Problem} Tokens that were revoked since then are accepted until it is mended")]
    private partial void LogUnreadable(string problem);

    private sealed record Stamp(DateTime WrittenAt, long Length);

    private sealed record Seen(Stamp? Stamp, FrozenSet<string> Ids, string? Problem);
}
