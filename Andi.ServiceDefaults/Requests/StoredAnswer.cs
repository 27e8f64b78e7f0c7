using System.Net.Mime;
using Microsoft.AspNetCore.Http;

namespace Andi.Requests;

/// <summary>A JSON answer whose bytes are there already.</summary>
/// <param name="json">UTF-8.</param>
public sealed class StoredAnswer(byte[] json) : IResult, IStatusCodeHttpResult
{
    public byte[] Json => json;

    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = $"{MediaTypeNames.Application.Json}; charset=utf-8";
        httpContext.Response.ContentLength = json.Length;
        return httpContext.Response.Body.WriteAsync(json, httpContext.RequestAborted).AsTask();
    }
}
