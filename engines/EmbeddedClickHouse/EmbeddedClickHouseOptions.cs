namespace Andi.EmbeddedClickHouse;

/// <summary>Section <c>ClickHouse</c> of the configuration: <c>--ClickHouse:DataPath …</c> or <c>ClickHouse__DataPath</c>.</summary>
internal sealed class EmbeddedClickHouseOptions
{
    public const string Section = "ClickHouse";

    /// <summary>Folder of the databases; made when missing. One process at a time can have it.</summary>
    public string DataPath { get; set; } = "";

    /// <summary>The address to listen on. <c>--urls</c> (ASPNETCORE_URLS), when given, takes the place of host and port.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The port to listen on; 0 takes a free one, which the log tells.</summary>
    public int Port { get; set; } = 8123;

    /// <summary>The user who may do everything, but for sources that are not in <see cref="AllowedSources"/>.</summary>
    public string User { get; set; } = "default";

    /// <summary>The user's password. Default: what <see cref="PasswordFile"/> holds.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// File of the password, used where <see cref="Password"/> is not given; made with a random one where it does not exist, readable by its
    /// owner only. Default: <c>{name of the data folder}.password</c> beside the data folder.
    /// </summary>
    public string? PasswordFile { get; set; }

    /// <summary>Further users, by name: what each of them may do.</summary>
    public Dictionary<string, NamedUser> Users { get; set; } = [];

    /// <summary>
    /// What statements may read and write outside of the data folder, in ClickHouse's words: FILE, URL, S3, REMOTE, MYSQL, … Default: nothing.
    /// With FILE everything is readable that this process may read.
    /// </summary>
    public string[] AllowedSources { get; set; } = [];

    /// <summary>Statements that run at the same time; further ones wait.</summary>
    public int MaxConnections { get; set; } = 16;

    /// <summary>How long a statement waits for its turn before error 202, TOO_MANY_SIMULTANEOUS_QUERIES.</summary>
    public TimeSpan ConnectionWaitTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may send nothing of its rows, or take nothing of its result, before its statement is ended.</summary>
    public TimeSpan ClientTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a shutdown lets running statements end by themselves before it cancels them.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes the engine may use in all; 0 leaves the engine's own limit, 90% of the machine's memory.</summary>
    public long MaxServerMemoryUsage { get; set; }

    /// <summary>Bytes one statement may use unless it says otherwise (<c>max_memory_usage</c>); 0 is no limit.</summary>
    public long MaxMemoryUsage { get; set; }

    /// <summary>Bytes a statement's text may have, data of an INSERT not counted.</summary>
    public int MaxStatementBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Folder that BACKUP and RESTORE may use with <c>File('…')</c>. Default: none, both are refused.</summary>
    public string? BackupsPath { get; set; }

    /// <summary>libchdb.so. Default: the one that <c>npm ci</c> puts in the repository's <c>engines/node_modules</c>.</summary>
    public string? LibraryPath { get; set; }
}

/// <summary>One of the users beside the first.</summary>
internal sealed class NamedUser
{
    /// <summary>SHA-256 of the password, 64 hexadecimal digits.</summary>
    public string PasswordSha256 { get; set; } = "";

    /// <summary>Only statements that read are taken, whatever is granted.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>What is granted, in ClickHouse's words: <c>SELECT ON marts.*</c>. Columns and databases that are not named stay closed.</summary>
    public string[] Grants { get; set; } = [];
}
