using System.ComponentModel.DataAnnotations;

namespace Andi.Oltp.Imports;

/// <summary>Section <c>Imports</c> of the configuration.</summary>
public sealed class ImportOptions
{
    /// <summary>Imports at once; each holds a connection for as long as its file is being sent. Default 4.</summary>
    [Range(1, 100)]
    public int MaxConcurrent { get; set; } = 4;

    /// <summary>How long a further import waits for its turn before it is answered 503. Default 30 s.</summary>
    [Range(0, 3600)]
    public int WaitSeconds { get; set; } = 30;

    /// <summary>How long one statement on the staged rows may take. Default 15 minutes.</summary>
    [Range(1, 86_400)]
    public int StatementTimeoutSeconds { get; set; } = 900;

    /// <summary>How long an import waits for another one into the same table. Default 5 minutes.</summary>
    [Range(1, 86_400)]
    public int LockTimeoutSeconds { get; set; } = 300;

    /// <summary>Rejected rows that an answer lists; all are counted. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxListedRejects { get; set; } = 100;
}
