using System.ComponentModel.DataAnnotations;

namespace Andi.Oltp.Imports.Uploads;

/// <summary>Section <c>Imports:Uploads</c> of the configuration.</summary>
public sealed class UploadOptions
{
    /// <summary>Where uploads of 256 KiB and more are kept until they are imported. Default: the system's folder for temporary files.</summary>
    public string Folder { get; set; } = Path.GetTempPath();

    /// <summary>How long a whole upload may take before it is answered 408. Default 15 minutes.</summary>
    [Range(1, 86_400)]
    public int DeadlineSeconds { get; set; } = 900;

    /// <summary>Largest upload, decompressed; beyond it is answered 413. Default 4 GB.</summary>
    [Range(1_024, long.MaxValue)]
    public long MaxBytes { get; set; } = 4_000_000_000;
}
