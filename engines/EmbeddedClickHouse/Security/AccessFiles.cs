using System.Xml.Linq;

namespace Andi.EmbeddedClickHouse.Security;

/// <summary>
/// The engine's own access control, written as the configuration files it reads at its start. libchdb has one user, <c>default</c>; each user of this
/// server is a role of it, and a statement runs with that role alone (<c>SET ROLE</c>). Passwords are not in these files: they are checked before.
/// </summary>
internal static class AccessFiles
{
    private const string Folder = "access";

    // Tables of the server that may hold texts of others' statements, and with them values of rows.
    private static readonly string[] TablesWithStatements =
    [
        "processes", "errors", "query_cache", "mutations", "backups", "view_refreshes", "asynchronous_inserts", "stack_trace", "dropped_tables",
        "query_condition_cache", "named_collections", "warnings", "background_schedule_pool", "certificates", "user_processes",
    ];

    /// <summary>Writes the files into the data folder, readable by their owner only, and returns the path of the first.</summary>
    public static string Write(EmbeddedClickHouseOptions options)
    {
        var folder = Path.Combine(options.DataPath, Folder);
        Directory.CreateDirectory(folder);
        var (config, users) = (Path.Combine(folder, "config.xml"), Path.Combine(folder, "users.xml"));
        WriteOwned(users, UsersOf(options));
        WriteOwned(config, new XElement("clickhouse", new XElement("users_config", users)));
        return config;
    }

    private static XElement UsersOf(EmbeddedClickHouseOptions options) => new(
        "clickhouse",
        new XElement("profiles", new XElement("default")),
        new XElement("quotas", new XElement("default")),
        new XElement("users", new XElement(
            "default",
            new XElement("password"),
            new XElement("networks", new XElement("ip", "::/0")),
            new XElement("profile", "default"),
            new XElement("quota", "default"),
            Queries(options.Users.Keys.Prepend(options.User).Select(role => $"GRANT {role}")),
            new XElement("databases", new XElement("system", TablesWithStatements.Select(table => new XElement(
                "table", new XAttribute("name", table), new XElement("filter", $"has(currentRoles(), '{options.User}')"))))))),
        new XElement(
            "roles",
            options.Users.Select(user => new XElement(user.Key, Queries(user.Value.Grants.Select(grant => $"GRANT {grant}"))))
                .Prepend(new XElement(options.User, Queries(Everything(options.AllowedSources))))));

    // A role of its own, not the engine's user, has the rights: others could not have fewer otherwise.
    private static IEnumerable<string> Everything(string[] sources) =>
    [
        "GRANT ALL ON *.* WITH GRANT OPTION",
        "REVOKE SOURCES ON *.*",
        .. sources.Length > 0 ? [] : (string[])["REVOKE CREATE DICTIONARY ON *.*", "REVOKE NAMED COLLECTION ADMIN ON *"],
        .. sources.Select(source => $"GRANT READ, WRITE ON {source.ToUpperInvariant()}"),
    ];

    private static XElement Queries(IEnumerable<string> statements) => new("grants", statements.Select(statement => new XElement("query", statement)));

    private static void WriteOwned(string file, XElement content)
    {
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        content.Save(stream);
    }
}
