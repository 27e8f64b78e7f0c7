using System.Security.Cryptography;
using System.Text;

namespace Andi.EmbeddedClickHouse.Tests;

/// <summary>The users of the shared server beside the first: each may use databases of its own name only.</summary>
internal static class NamedUsers
{
    public const string Reader = "report";
    public const string Writer = "writer";
    public const string Password = "the password of the others";

    public static string[] Options { get; } =
    [
        .. User(Reader, readOnly: true, $"SELECT ON {Reader}.*", $"SHOW ON {Reader}.*", "SELECT(open) ON columns_test.people"),
        .. User(Writer, readOnly: false, $"SELECT, INSERT, CREATE TABLE, DROP TABLE ON {Writer}.*"),
    ];

    public static ClickHouseClient Client(ServerProcess server, string user) => new(server.Address, Password, user);

    private static IEnumerable<string> User(string name, bool readOnly, params string[] grants) =>
    [
        $"ClickHouse:Users:{name}:PasswordSha256={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Password)))}",
        $"ClickHouse:Users:{name}:ReadOnly={readOnly}",
        .. grants.Select((grant, i) => $"ClickHouse:Users:{name}:Grants:{i}={grant}"),
    ];
}
