using System.Data.Common;
using System.Globalization;

namespace Andi.Warehouse.Client;

/// <summary>Where ClickHouse's HTTP interface listens and how to speak to it.</summary>
public sealed record ClickHouseOptions
{
    /// <summary>Scheme, host and port.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Default <c>default</c>.</summary>
    public string Username { get; init; } = "default";

    public string Password { get; init; } = "";

    /// <summary>The database of unqualified names, default <c>default</c>. Andi's own SQL qualifies every name.</summary>
    public string Database { get; init; } = "default";

    /// <summary>How long a call may take that names no time limit of its own; default 30 seconds. The server gives up then, too.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections kept and opened at most; default 64.</summary>
    public int MaxConnections { get; init; } = 64;

    /// <summary>How often a read is tried at most when the connection fails before an answer; default 3.</summary>
    public int MaxReadAttempts { get; init; } = 3;

    /// <summary>File (PEM) of the authorities that may have signed the server's certificate; null: those that this machine trusts.</summary>
    public string? RootCertificate { get; init; }

    /// <summary>
    /// Reads <c>Host=…;Port=…;Protocol=http;Username=…;Password=…;Database=…</c>; Host is required, Port defaults to 8123 (8443 with https).
    /// Optional: <c>Timeout</c> in seconds, <c>MaxConnections</c>, and with https <c>RootCertificate</c>, the file of an authority of one's own.
    /// </summary>
    /// <exception cref="FormatException">A key is unknown, or a value is missing or makes no sense; the message names it and never a password.</exception>
    public static ClickHouseOptions Parse(string connectionString)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = connectionString;
        }
        catch (ArgumentException)
        {
            throw new FormatException("The warehouse connection string is not of the form Key=Value;Key=Value.");
        }

        string? host = null;
        var protocol = Uri.UriSchemeHttp;
        int? port = null;
        var options = new ClickHouseOptions { Endpoint = new Uri("http://unset") };
        foreach (string key in parts.Keys)
        {
            var value = Convert.ToString(parts[key], CultureInfo.InvariantCulture) ?? "";
            switch (key.ToLowerInvariant())
            {
                case "host": host = value; break;
                case "port": port = Number(key, value, 65535); break;
                case "protocol": protocol = value.ToLowerInvariant(); break;
                case "username": options = options with { Username = value }; break;
                case "password": options = options with { Password = value }; break;
                case "database": options = options with { Database = value }; break;
                case "timeout": options = options with { Timeout = TimeSpan.FromSeconds(Number(key, value, 86_400)) }; break;
                case "maxconnections": options = options with { MaxConnections = Number(key, value, 10_000) }; break;
                case "rootcertificate" or "root certificate": options = options with { RootCertificate = value }; break;
                default: throw new FormatException($"The warehouse connection string has an unknown key '{key}'.");
            }
        }

        if (string.IsNullOrWhiteSpace(host) || Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown)
        {
            throw new FormatException("The warehouse connection string names no valid Host.");
        }

        if (protocol != Uri.UriSchemeHttp && protocol != Uri.UriSchemeHttps)
        {
            throw new FormatException($"The warehouse connection string's Protocol is '{protocol}'; it can be http or https.");
        }

        if (options.RootCertificate is { } root && (protocol != Uri.UriSchemeHttps || !File.Exists(root)))
        {
            throw new FormatException($"The warehouse connection string's RootCertificate is '{root}'; it must be a file that is there, with Protocol=https.");
        }

        return options with { Endpoint = new UriBuilder(protocol, host, port ?? (protocol == Uri.UriSchemeHttps ? 8443 : 8123)).Uri };
    }

    private static int Number(string key, string value, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= max
            ? number
            : throw new FormatException($"The warehouse connection string's {key} is '{value}'; it must be a number from 1 to {max}.");

    /// <summary>Without the password, so that it can be logged.</summary>
    public override string ToString() => $"{Endpoint} as {Username}, database {Database}";
}
