using System.Globalization;
using System.Text;
using Andi.EmbeddedClickHouse.Errors;
using Andi.EmbeddedClickHouse.Native;
using Andi.EmbeddedClickHouse.Security;
using Andi.EmbeddedClickHouse.Statements;
using Microsoft.Extensions.Options;

namespace Andi.EmbeddedClickHouse.Engine;

/// <summary>
/// The engine of this process, on one data path. It runs while its first connection is open; every statement gets a connection of its own, so
/// that its settings, temporary tables and current database end with it.
/// </summary>
internal sealed class EngineHost(IOptions<EmbeddedClickHouseOptions> options) : IDisposable
{
    private readonly EmbeddedClickHouseOptions _options = options.Value;
    private readonly Lock _control = new();
    private string[] _arguments = [];
    private ChdbConnection? _first;
    private long _lastTag;

    /// <summary>The engine's version, as <c>version()</c> tells it.</summary>
    public string Version { get; private set; } = "";

    public string TimeZone { get; private set; } = "";

    public SettingCatalog Settings { get; private set; } = SettingCatalog.Empty;

    public void Start()
    {
        _arguments = [.. EngineArguments.Of(_options), $"--config-file={AccessFiles.Write(_options)}"];
        _first = ChdbConnection.TryOpen(_arguments)
            ?? throw new StartException($"The engine could not open the data folder {_options.DataPath}; its own message is above.");
        var columns = Ask("SELECT version(), timezone()").TrimEnd('\n').Split('\t');
        (Version, TimeZone) = (columns[0], columns[1]);
        Settings = SettingCatalog.Parse(Ask("SELECT name FROM system.settings"));
    }

    /// <summary>
    /// Opens a connection with these settings, in this database (empty is <c>default</c>). A setting that does not exist or cannot have its value is
    /// an error, as is an unknown database. <paramref name="tag"/> is the mark by which <see cref="Kill"/> finds what runs on it.
    /// </summary>
    /// <remarks>What a named user was not granted is closed to the connection from its first statement on.</remarks>
    public ChdbConnection Open(User user, IReadOnlyList<KeyValuePair<string, string>> settings, string database, out long tag)
    {
        Settings.Demand(settings);
        settings = user.ReadOnly ? Reading(settings) : settings;
        tag = Interlocked.Increment(ref _lastTag);
        var connection = ChdbConnection.TryOpen([.. _arguments, StatementTag.Argument(tag), .. settings.Select(pair => $"--{pair.Key}={pair.Value}")])
            ?? throw ExplainRefusal(settings);
        try
        {
            if (user.IsNamed)
            {
                Run(connection, $"SET ROLE {SqlLiteral.QuoteIdentifier(user.Name)}");
            }

            var custom = settings.Where(pair => SettingCatalog.IsCustom(pair.Key)).ToList();
            if (custom.Count > 0)
            {
                Run(connection, Assignment(custom));
            }

            if (database is not ("" or "default"))
            {
                Run(connection, $"USE {SqlLiteral.QuoteIdentifier(database)}");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Asks the engine to end what runs on the connection of that tag; returns at once.</summary>
    public void Kill(long tag) => Ask(StatementTag.KillStatement(tag));

    public void Dispose()
    {
        lock (_control)
        {
            if (_first is null)
            {
                return;
            }

            // Closing the last connection stops merges and mutations and closes the tables.
            _first.Dispose();
            _first = null;
            _ = Chdb.Shutdown();
        }
    }

    private string Ask(string statement)
    {
        lock (_control)
        {
            ObjectDisposedException.ThrowIf(_first is null, this);
            return Run(_first, statement);
        }
    }

    private static string Run(ChdbConnection connection, string statement)
    {
        using var result = connection.Query(Encoding.UTF8.GetBytes(statement), FormatName.Default, QueryParameters.None);
        return result.Error is { } error ? throw ClickHouseException.FromEngine(error) : Encoding.UTF8.GetString(result.Bytes.Span);
    }

    private static string Assignment(IEnumerable<KeyValuePair<string, string>> settings) =>
        $"SET {string.Join(", ", settings.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} = {SqlLiteral.Quote(pair.Value)}")))}";

    /// <summary>readonly is 2, so that a reader's client may set what concerns itself, or 1 where it asks for that.</summary>
    private static List<KeyValuePair<string, string>> Reading(IReadOnlyList<KeyValuePair<string, string>> settings) =>
    [
        .. settings.Where(setting => setting.Key != "readonly"),
        new("readonly", settings.Any(setting => setting is { Key: "readonly", Value: "1" }) ? "1" : "2"),
    ];

    /// <summary>The engine refuses a connection without a reason; SET with the same values tells it.</summary>
    private ClickHouseException ExplainRefusal(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        using var connection = ChdbConnection.TryOpen(_arguments);
        if (connection is null)
        {
            return ClickHouseException.Of(ErrorCode.Aborted, "The engine takes no connections");
        }

        try
        {
            Run(connection, Assignment(settings));
        }
        catch (ClickHouseException reason)
        {
            return reason;
        }

        return ClickHouseException.Of(ErrorCode.BadArguments, "A setting's value was refused");
    }
}
