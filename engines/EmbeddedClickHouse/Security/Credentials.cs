using System.Text;

namespace Andi.EmbeddedClickHouse.Security;

/// <summary>The user and password a request carries, from whichever of the three places ClickHouse takes them.</summary>
internal readonly record struct Credentials(string User, string Password)
{
    public static Credentials Of(HttpRequest request)
    {
        var user = request.Headers["X-ClickHouse-User"].ToString();
        var key = request.Headers["X-ClickHouse-Key"].ToString();
        if (user.Length > 0 || key.Length > 0)
        {
            return new Credentials(user.Length > 0 ? user : "default", key);
        }

        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return OfBasic(authorization["Basic ".Length..].Trim());
        }

        var query = request.Query;
        return new Credentials(query.TryGetValue("user", out var name) ? name.ToString() : "default", query["password"].ToString());
    }

    private static Credentials OfBasic(string encoded)
    {
        var buffer = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, buffer, out var length))
        {
            return new Credentials("", "");
        }

        var text = Encoding.UTF8.GetString(buffer, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new Credentials(text, "") : new Credentials(text[..colon], text[(colon + 1)..]);
    }
}
