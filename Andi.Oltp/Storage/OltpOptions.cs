using System.ComponentModel.DataAnnotations;

namespace Andi.Oltp.Storage;

/// <summary>Section <c>Oltp</c> of the configuration.</summary>
public sealed class OltpOptions
{
    /// <summary>Most connections to PostgreSQL at once, the imports' included; further requests wait for one. Default 40.</summary>
    [Range(2, 1000)]
    public int MaxConnections { get; set; } = 40;

    /// <summary>Most connections beside these for the callers of each role that sees only the rows of its scope, as teachers. Default 8.</summary>
    [Range(1, 1000)]
    public int MaxConnectionsOfRole { get; set; } = 8;

    /// <summary>How long a request waits for a connection before it is answered 503. Default 15 s.</summary>
    [Range(1, 600)]
    public int ConnectTimeoutSeconds { get; set; } = 15;

    /// <summary>How long one statement of a request other than an import may take. Default 30 s.</summary>
    [Range(1, 3600)]
    public int CommandTimeoutSeconds { get; set; } = 30;

    /// <summary>Largest JSON body; imports have no limit. Default 16 MiB: a batch of 10,000 scores is about 4.</summary>
    [Range(1_024, 1_073_741_824)]
    public long MaxJsonBodyBytes { get; set; } = 16 * 1024 * 1024;
}
