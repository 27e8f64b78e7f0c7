namespace Andi.Web.SignIn;

/// <summary>Paths of this app that a request names: nothing that a form or link says sends a visitor to another site.</summary>
internal static class LocalPath
{
    /// <summary>The path where it is one of this app's; else the home page.</summary>
    public static string Of(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal)
        && !path.Any(char.IsControl) ? path : "/";
}
