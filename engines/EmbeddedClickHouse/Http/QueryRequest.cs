using System.Globalization;
using Andi.EmbeddedClickHouse.Errors;
using Andi.EmbeddedClickHouse.Statements;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>What a request says beside its body: in the address and in headers.</summary>
internal sealed class QueryRequest
{
    private const int DefaultHoldBytes = 1024 * 1024;
    private const int MaximumHoldBytes = 64 * 1024 * 1024;
    private const int DefaultCompressionLevel = 3;

    private static readonly HashSet<string> NotSettings = new(StringComparer.Ordinal)
    {
        "user", "password", "quota_key", "stacktrace", "session_timeout", "session_check", "close_session", "client_protocol_version", "",
    };

    private readonly List<string> _parameterNames = [];
    private readonly List<string> _parameterValues = [];

    /// <summary>Settings by which this one statement runs.</summary>
    public List<KeyValuePair<string, string>> Settings { get; } = [];

    /// <summary>The start of the statement; the body is the rest of it.</summary>
    public string Query { get; private set; } = "";

    public string Database { get; private set; } = "";

    /// <summary>The output format where the statement names none.</summary>
    public string DefaultFormat { get; private set; } = "";

    public string QueryId { get; private set; } = "";

    /// <summary>The whole result is made before the answer starts, so that an error always has its own status.</summary>
    public bool WaitEndOfQuery { get; private set; }

    public bool EnableHttpCompression { get; private set; }

    /// <summary>From 1, fast, to 9, small.</summary>
    public int CompressionLevel { get; private set; } = DefaultCompressionLevel;

    /// <summary>How many bytes of the result are held back before the answer starts.</summary>
    public int HoldBytes { get; private set; } = DefaultHoldBytes;

    public QueryParameters Parameters => _parameterNames.Count == 0 ? QueryParameters.None : new QueryParameters(_parameterNames, _parameterValues);

    public static QueryRequest Of(HttpRequest request)
    {
        var parsed = new QueryRequest
        {
            Database = request.Headers["X-ClickHouse-Database"].ToString(),
            DefaultFormat = request.Headers["X-ClickHouse-Format"].ToString(),
        };
        foreach (var (name, values) in request.Query)
        {
            parsed.Take(name, values.Count == 0 ? "" : values[^1] ?? "");
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            // GET may be repeated by anything on the way: it changes nothing.
            parsed.Settings.RemoveAll(pair => pair.Key == "readonly" && pair.Value == "0");
            if (!parsed.Settings.Exists(pair => pair.Key == "readonly"))
            {
                parsed.Settings.Add(new("readonly", "2"));
            }
        }

        if (parsed.DefaultFormat.Length == 0)
        {
            parsed.DefaultFormat = FormatName.Default;
        }
        else if (!FormatName.IsValid(parsed.DefaultFormat))
        {
            throw ClickHouseException.Of(ErrorCode.UnknownFormat, $"Unknown format {parsed.DefaultFormat}.");
        }

        if (parsed.QueryId.Length == 0)
        {
            parsed.QueryId = Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture);
        }

        return parsed;
    }

    /// <summary>
    /// Takes the parts of a <c>multipart/form-data</c> body as if they stood in the address: clients send long parameters so. Files in it would be
    /// temporary tables, which are not served. True where the body was one.
    /// </summary>
    public async Task<bool> TakeFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return false;
        }

        var form = await ReadFormAsync(request, cancellationToken);
        if (form.Files.Count > 0)
        {
            throw ClickHouseException.Of(ErrorCode.NotImplemented, "Temporary tables from files of a form are not served here");
        }

        foreach (var (name, values) in form)
        {
            Take(name, values.Count == 0 ? "" : values[^1] ?? "");
        }

        return true;
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException error)
        {
            throw ClickHouseException.Of(ErrorCode.BadArguments, $"The form could not be read: {error.Message}");
        }
    }

    private void Take(string name, string value)
    {
        switch (name)
        {
            case "query":
                Query = value;
                break;
            case "database":
                Database = Database.Length == 0 ? value : Database;
                break;
            case "default_format":
                DefaultFormat = DefaultFormat.Length == 0 ? value : DefaultFormat;
                break;
            case "query_id":
                QueryId = value;
                break;
            case "wait_end_of_query" or "http_wait_end_of_query":
                WaitEndOfQuery = Flag(name, value);
                break;
            case "enable_http_compression":
                EnableHttpCompression = Flag(name, value);
                break;
            case "http_zlib_compression_level":
                CompressionLevel = Number(name, value, 1, 9);
                break;
            case "buffer_size" or "http_response_buffer_size":
                HoldBytes = Number(name, value, 0, MaximumHoldBytes);
                break;
            case "role":
                throw ClickHouseException.Of(ErrorCode.UnknownRole, $"There is no role `{value}`: a statement has the rights of its user");
            case "compress" or "decompress" when Flag(name, value):
                throw ClickHouseException.Of(
                    ErrorCode.NotImplemented,
                    $"{name}=1, ClickHouse's own compression, is not served here: use Content-Encoding, and Accept-Encoding with enable_http_compression=1");
            case "session_id" when value.Length > 0:
                throw ClickHouseException.Of(ErrorCode.NotImplemented, "Sessions (session_id) are not served here");
            case "compress" or "decompress" or "session_id":
                break;
            default:
                if (name.StartsWith("param_", StringComparison.Ordinal))
                {
                    _parameterNames.Add(name["param_".Length..]);
                    _parameterValues.Add(value);
                }
                else if (!NotSettings.Contains(name))
                {
                    Settings.Add(new(name, value));
                }

                break;
        }
    }

    private static int Number(string name, string value, int minimum, int maximum) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (int)Math.Clamp(number, minimum, maximum)
            : throw ClickHouseException.Of(ErrorCode.BadArguments, $"{name} is a number, not '{value}'");

    private static bool Flag(string name, string value) => value switch
    {
        "1" or "true" => true,
        "0" or "false" or "" => false,
        _ => throw ClickHouseException.Of(ErrorCode.BadArguments, $"{name} is 0 or 1, not '{value}'"),
    };
}
