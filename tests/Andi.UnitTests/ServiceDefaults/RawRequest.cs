using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>Requests as no HTTP client would send them.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>All that a server sends until it closes the connection.</summary>
    /// <param name="certificate">The server's, where it speaks TLS.</param>
    public static async Task<string> SendAsync(Uri server, string request, X509Certificate2? certificate = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, limit.Token);
        Stream stream = client.GetStream();
        if (server.Scheme == Uri.UriSchemeHttps)
        {
            var tls = new SslStream(stream, leaveInnerStreamOpen: false, (_, presented, _, _) => certificate?.Equals(presented) == true);
            await tls.AuthenticateAsClientAsync(server.Host);
            stream = tls;
        }

        await using (stream)
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return await reader.ReadToEndAsync(limit.Token);
        }
    }

    /// <summary>The status and the detail of the only answer, which is a problem document with the headers that every answer has.</summary>
    public static async Task<(int Status, string Detail)> ProblemAsync(Uri server, string request, X509Certificate2? certificate = null)
    {
        var answer = await SendAsync(server, request, certificate);
        var parts = answer.Split("\r\n\r\n", 2);
        var lines = parts[0].Split("\r\n");
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToLookup(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        headers["Content-Type"].ShouldBe(["application/problem+json"], answer);
        headers["X-Content-Type-Options"].ShouldBe(["nosniff"]);
        headers["Server"].ShouldBeEmpty();
        var body = headers.Contains("Content-Length") ? parts[1] : parts[1].Split("\r\n")[1];
        if (headers["Content-Length"].SingleOrDefault() is { } length)
        {
            Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture).ShouldBe(length, answer);
        }

        var document = JsonDocument.Parse(body).RootElement;
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        document.GetProperty("status").GetInt32().ShouldBe(status);
        document.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        return (status, document.GetProperty("detail").GetString()!);
    }
}
