using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Andi.AppHost.Stores;

/// <summary>
/// ClickHouse's users beside the administrator, in ClickHouse's own words: EmbeddedClickHouse gets them as configuration, a container as statements. See
/// docs/security-of-stores.md.
/// </summary>
internal static class WarehouseUsers
{
    /// <summary>The ingestor: lands rows, switches generations and drops those that ended.</summary>
    public const string Writer = "andi_writer";

    /// <summary>The read API: reads everything, writes the results of data tests.</summary>
    public const string Reader = "andi_reader";

    /// <summary>For BI tools: reads the marts, which hold no student.</summary>
    public const string Bi = "andi_bi";

    public static IReadOnlyList<(string Name, bool ReadOnly, string[] Grants)> All { get; } =
    [
        (Writer, false,
        [
            "SELECT, SHOW, INSERT, ALTER DELETE ON staging.*",
            "SELECT, SHOW, INSERT, CREATE TABLE, DROP TABLE ON ops.*",
            "SELECT, SHOW, ALTER DELETE ON facts.*",
            "SELECT, SHOW, ALTER DELETE ON dims.*",
            "SELECT, SHOW, ALTER DELETE ON agg.*",
        ]),
        (Reader, false,
        [
            .. ((string[])["staging", "facts", "dims", "agg", "models", "marts", "ops"]).Select(database => $"SELECT, SHOW ON {database}.*"),
            "INSERT ON ops.test_results",
        ]),
        (Bi, true, ["SELECT, SHOW ON marts.*"]),
    ];

    public static string Sha256(string password) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));

    /// <summary>As variables of EmbeddedClickHouse's environment.</summary>
    public static IEnumerable<(string Name, string Value)> Variables(Func<string, string> password) => All.SelectMany(user =>
    {
        var prefix = $"ClickHouse__Users__{user.Name}__";
        return ((string, string)[])
        [
            ($"{prefix}PasswordSha256", Sha256(password(user.Name))),
            ($"{prefix}ReadOnly", user.ReadOnly.ToString(CultureInfo.InvariantCulture)),
            .. user.Grants.Select((grant, i) => (string.Create(CultureInfo.InvariantCulture, $"{prefix}Grants__{i}"), grant)),
        ];
    });

    /// <summary>As statements of an administrator, one a request. They can be repeated.</summary>
    public static IEnumerable<string> Statements(Func<string, string> password) => All.SelectMany(user => (string[])
    [
        $"CREATE USER IF NOT EXISTS {user.Name} IDENTIFIED WITH sha256_hash BY '{Sha256(password(user.Name))}'",
        $"ALTER USER {user.Name} IDENTIFIED WITH sha256_hash BY '{Sha256(password(user.Name))}' SETTINGS readonly = {(user.ReadOnly ? 2 : 0)}",
        .. user.Grants.Select(grant => $"GRANT {grant} TO {user.Name}"),
    ]);
}
