using System.Globalization;
using Andi.EmbeddedClickHouse.Errors;
using Andi.EmbeddedClickHouse.Statements;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>What a request says beside its body: in the address and in headers.</summary>
internal sealed class QueryRequest
{
    private static readonly HashSet<string> s_notSettings = new(StringComparer.Ordinal)
    {
        "user", "password", "quota_key", "stacktrace", "session_timeout", "session_check", "close_session", "client_protocol_version", "role", "buffer_size", "",
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
            case "compress" or "decompress" when Flag(name, value):
                throw ClickHouseException.Of(
                    ErrorCode.NotImplemented, $"{name}=1, ClickHouse's own compression, is not served here: use Content-Encoding, and Accept-Encoding with enable_http_compression=1");
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
                else if (!s_notSettings.Contains(name))
                {
                    Settings.Add(new(name, value));
                }

                break;
        }
    }

    private static bool Flag(string name, string value) => value switch
    {
        "1" or "true" => true,
        "0" or "false" or "" => false,
        _ => throw ClickHouseException.Of(ErrorCode.BadArguments, $"{name} is 0 or 1, not '{value}'"),
    };
}
