using System.Diagnostics;
using System.Net;
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
