using Andi.Web.Layout;

namespace Andi.Web.Uploads;

internal static class UploadSize
{
    private const double Mega = 1_000_000;
    private const double Giga = 1_000_000_000;

    /// <summary>So many bytes in the visitor's language.</summary>
    public static string Of(long bytes) => bytes >= Giga ? $"{Figures.Score(bytes / Giga)} GB" : $"{Figures.Score(bytes / Mega)} MB";
}
