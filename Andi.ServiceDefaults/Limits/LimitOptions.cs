using System.ComponentModel.DataAnnotations;

namespace Andi.Limits;

/// <summary>Section <c>Limits</c>: how much a caller may ask, and how large and long a request may be.</summary>
public sealed class LimitOptions
{
    /// <summary>Requests a second of one subject (<c>sub</c>), in the long run; default 100. The roles service and admin have no such limit.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 100;

    /// <summary>Requests that a subject may send at once after a pause; default 500.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; set; } = 500;

    /// <summary>
    /// The same as <see cref="RequestsPerSecond"/> for each address that sends no valid token: failed sign-ins, the API's description. Default 20.
    /// </summary>
    [Range(1, 1_000_000)]
    public int AnonymousRequestsPerSecond { get; set; } = 20;

    /// <summary>The same as <see cref="Burst"/> for each address that sends no valid token; default 200.</summary>
    [Range(1, 1_000_000)]
    public int AnonymousBurst { get; set; } = 200;

    /// <summary>Heavy questions (comparisons, rankings) that a process answers at once, of all callers; default 8.</summary>
    [Range(1, 10_000)]
    public int HeavyQuestions { get; set; } = 8;

    /// <summary>Heavy questions that wait for their turn; a further one is answered 503. Default 64.</summary>
    [Range(0, 100_000)]
    public int HeavyQuestionsWaiting { get; set; } = 64;

    /// <summary>How long a request may take, reading its body included; imports and streams have limits of their own. Default 60 s.</summary>
    [Range(1, 3600)]
    public int RequestSeconds { get; set; } = 60;

    /// <summary>Bytes of a request line: the method and the address. Default 8 KiB.</summary>
    [Range(256, 1024 * 1024)]
    public int RequestLineBytes { get; set; } = 8 * 1024;

    /// <summary>Bytes of all headers of a request; default 32 KiB.</summary>
    [Range(1024, 1024 * 1024)]
    public int HeaderBytes { get; set; } = 32 * 1024;

    /// <summary>Headers of a request; default 100.</summary>
    [Range(10, 10_000)]
    public int Headers { get; set; } = 100;

    /// <summary>How long a caller may take to send the headers; default 15 s.</summary>
    [Range(1, 3600)]
    public int HeaderSeconds { get; set; } = 15;

    /// <summary>How long a connection stays open between two requests; default 130 s.</summary>
    [Range(1, 3600)]
    public int IdleConnectionSeconds { get; set; } = 130;
}
