namespace Andi.Web.Apis;

/// <summary>
/// The position of the visitor's last write, kept for a while in a cookie of the visitor's: pages read at least at it, so that whoever corrected a number sees
/// it corrected.
/// </summary>
internal sealed class PositionCookie(IHttpContextAccessor accessor)
{
    /// <summary>The header of an answer, and of what was written.</summary>
    public const string Header = "Andi-Position";

    /// <summary>The header of a question.</summary>
    public const string AtLeast = "Andi-At-Least";

    private const string Name = "andi-position";

    // Every read is at this position long before; a store that was restored has lower ones and would be waited for in vain.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    /// <summary>Null where the visitor wrote nothing in the last minute.</summary>
    public string? Value => accessor.HttpContext?.Request.Cookies[Name];

    public void Remember(string? position)
    {
        if (position is not null && accessor.HttpContext is { } http)
        {
            http.Response.Cookies.Append(Name, position, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                MaxAge = Kept,
                IsEssential = true,
            });
        }
    }
}
