using System.Globalization;
using System.Text;

namespace Andi.Warehouse.Client;

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
