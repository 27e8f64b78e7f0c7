using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Andi.Requests;

/// <summary>
/// Requests that the server cannot even read (an address or headers that are too long, <c>%00</c>, no HTTP at all) never come to the middleware: the server
/// answers them with a bare status and closes the connection. It tells of each before it does; then the problem document is written to the connection, and what
/// the server writes afterwards is left out. Only HTTP/1 has such answers; HTTP/2 resets the stream.
/// </summary>
internal static class UnreadableRequests
{
    private const string BadRequestEvent = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    public static void AddUnreadableRequests(this IServiceCollection services) => services.Configure<KestrelServerOptions>(kestrel =>
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection =>
        {
            var answerable = new AnswerableConnection(connection);
            connection.Features.Set(answerable);
            return next(answerable);
        })));

    public static void DescribeUnreadableRequests(this WebApplication app) =>
        app.Services.GetRequiredService<DiagnosticListener>().Subscribe(new Listener(), name => name == BadRequestEvent);

    private static void Answer(IFeatureCollection features)
    {
        if (features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException error
            && features.Get<AnswerableConnection>() is { } connection
            && features.Get<IHttpResponseFeature>() is not { HasStarted: true })
        {
            connection.AnswerInstead(Bytes(error));
        }
    }

    private static byte[] Bytes(BadHttpRequestException error)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { title = ReasonPhrases.GetReasonPhrase(error.StatusCode) + ".", status = error.StatusCode, detail = DetailOf(error) });
        var head = new StringBuilder();
        void Line(string name, string value) => head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {error.StatusCode} {ReasonPhrases.GetReasonPhrase(error.StatusCode)}\r\n");
        Line("Content-Type", "application/problem+json");
        Line("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture));
        Line("Connection", "close");
        Line("Cache-Control", "no-store");
        foreach (var (name, value) in SecurityHeaders.OfData)
        {
            Line(name, value);
        }

        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    // The server's own words end where they begin to repeat what was sent.
    private static string DetailOf(BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status414UriTooLong => "The request line, which holds the address, is longer than is allowed.",
        StatusCodes.Status431RequestHeaderFieldsTooLarge => "The headers are more, or longer, than is allowed.",
        StatusCodes.Status408RequestTimeout => "The headers did not come in time.",
        StatusCodes.Status411LengthRequired => "The request needs a Content-Length.",
        _ => error.Message.Split([':', '\''], 2)[0].Trim().TrimEnd('.') + ".",
    };

    private sealed class Listener : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: BadRequestEvent, Value: IFeatureCollection features })
            {
                Answer(features);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
