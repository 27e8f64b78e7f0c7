using System.ComponentModel.DataAnnotations;

namespace Andi.Web.Uploads;

/// <summary>Section <c>Uploads</c>: files that visitors upload. They are passed on as they come; the web app keeps nothing of them.</summary>
internal sealed class UploadOptions
{
    public const string Section = "Uploads";

    /// <summary>Largest file; default 4 GB, as that of the write API's own <c>Imports:Uploads:MaxBytes</c>.</summary>
    [Range(1_024, long.MaxValue)]
    public long MaxBytes { get; set; } = 4_000_000_000;

    /// <summary>How long an upload and its import may take; default half an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(30);
}
