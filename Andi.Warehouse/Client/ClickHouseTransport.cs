using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Andi.Warehouse.Client;

/// <summary>Sends requests over pooled connections; turns an error answer into a <see cref="ClickHouseException"/>.</summary>
internal sealed partial class ClickHouseTransport : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http;
    private readonly ClickHouseOptions _options;
    private readonly ILogger _logger;

    public ClickHouseTransport(ClickHouseOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = options.MaxConnections,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            AllowAutoRedirect = false,
            UseProxy = false,
            SslOptions = Trust(options),
            ActivityHeadersPropagator = DistributedContextPropagator.CreateDefaultPropagator(),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Add("X-ClickHouse-User", options.Username);
        if (options.Password.Length > 0)
        {
            _http.DefaultRequestHeaders.Add("X-ClickHouse-Key", options.Password);
        }
    }

    /// <summary>
    /// Returns a successful response whose headers have arrived. A connection that fails before that is tried again up to
    /// <paramref name="attempts"/> times, so more than one is for reads only.
    /// </summary>
    public async Task<HttpResponseMessage> SendAsync(Uri address, Func<HttpContent> body, int attempts, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body() };
                var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                return await CheckedAsync(response, cancellationToken);
            }
            catch (HttpRequestException failure) when (failure.InnerException is AuthenticationException untrusted)
            {
                // Trying again would not help.
                throw new ClickHouseException(
                    ClickHouseException.ConnectionFailed, "",
                    $"ClickHouse at {_options.Endpoint} cannot be trusted: {untrusted.Message} "
                    + "RootCertificate in the connection string names the authority that signs its certificate.",
                    failure);
            }
            catch (HttpRequestException failure) when (!cancellationToken.IsCancellationRequested)
            {
                if (attempt >= attempts)
                {
                    throw new ClickHouseException(
                        ClickHouseException.ConnectionFailed, "", $"No answer from ClickHouse at {_options.Endpoint}: {failure.Message}", failure);
                }

                var pause = FirstPause * Math.Pow(2, attempt - 1);
                LogRetry(failure, attempt, attempts, pause.TotalMilliseconds);
                await Task.Delay(pause, cancellationToken);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static SslClientAuthenticationOptions Trust(ClickHouseOptions options)
    {
        var ssl = new SslClientAuthenticationOptions();
        if (options.RootCertificate is { } file)
        {
            ssl.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            ssl.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        }

        return ssl;
    }

    private static async Task<HttpResponseMessage> CheckedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var code = response.Headers.TryGetValues("X-ClickHouse-Exception-Code", out var codes) ? codes.First() : null;
        if (response.IsSuccessStatusCode && code is null)
        {
            return response;
        }

        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            throw ClickHouseException.FromServerText(text.Length > 0 ? text : $"HTTP {(int)response.StatusCode}", code);
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "ClickHouse did not answer (attempt {Attempt} of {Attempts}); again in {PauseMs} ms")]
    private partial void LogRetry(Exception failure, int attempt, int attempts, double pauseMs);
}

/// <summary>A request's query string: database, settings and parameters. Later settings win over earlier ones of the same name.</summary>
internal static class RequestAddress
{
    public static Uri Of(
        ClickHouseOptions options, ClickHouseStatement statement, IEnumerable<KeyValuePair<string, string>> fixedSettings, TimeSpan timeout)
    {
        var values = new Dictionary<string, string>
        {
            ["database"] = options.Database,
            ["max_execution_time"] = Math.Ceiling(timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in fixedSettings.Concat(statement.Settings))
        {
            values[name] = value;
        }

        var query = new StringBuilder();
        foreach (var (name, value) in values)
        {
            Append(query, name, value);
        }

        foreach (var (name, value) in statement.Parameters)
        {
            Append(query, $"param_{name}", value);
        }

        return new UriBuilder(options.Endpoint) { Query = query.ToString() }.Uri;
    }

    private static void Append(StringBuilder query, string name, string value) =>
        query.Append(query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
}

/// <summary>A request body that is written while it is sent, so that its size does not matter.</summary>
internal sealed class StreamedContent(Func<Stream, CancellationToken, Task> write) : HttpContent
{
    /// <summary>What the writer threw, if it did: the transport reports it as a broken connection.</summary>
    public Exception? Failure { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await write(stream, cancellationToken);
        }
        catch (Exception failure)
        {
            Failure = failure;
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
