using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Andi.AppHost.State;

/// <summary>The bearer token of run.json: role admin, signed with the key of the state folder (JWT, HS256).</summary>
internal static class AdminToken
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static string Create(byte[] key, DateTimeOffset now)
    {
        var header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
        var claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["iss"] = "andi",
            ["aud"] = "andi",
            ["role"] = "admin",
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.Add(Lifetime).ToUnixTimeSeconds(),
        }));
        var signed = $"{header}.{claims}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)))}";
    }
}
