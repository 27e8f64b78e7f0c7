using System.Globalization;
using System.Text;
using Andi.EmbeddedClickHouse.Errors;
using Andi.EmbeddedClickHouse.Native;
using Andi.EmbeddedClickHouse.Statements;
using Microsoft.Extensions.Options;

namespace Andi.EmbeddedClickHouse.Engine;

/// <summary>
/// The engine of this process, on one data path. It runs while <see cref="_root"/> is open; every statement gets a connection of its own, so
/// that its settings, temporary tables and current database end with it.
/// </summary>
internal sealed class EngineHost(IOptions<EmbeddedClickHouseOptions> options) : IDisposable
{
    private readonly EmbeddedClickHouseOptions _options = options.Value;
    private readonly Lock _control = new();
    private ChdbConnection? _root;

    public string Version { get; private set; } = "";

    public string TimeZone { get; private set; } = "UTC";

    public SettingCatalog Settings { get; private set; } = SettingCatalog.Empty;

    public void Start()
    {
        _root = ChdbConnection.TryOpen([.. EngineArguments.Of(_options)])
            ?? throw new InvalidOperationException($"The engine could not open {_options.DataPath}.");
        var line = Ask("SELECT version(), timezone()").TrimEnd('\n').Split('\t');
        Version = line[0];
        TimeZone = line[1];
        Settings = SettingCatalog.Parse(Ask("SELECT name FROM system.settings"));
    }

    /// <summary>
    /// Opens a connection whose settings are <paramref name="settings"/>. A setting that does not exist or has a value it cannot have is an error.
    /// </summary>
    public ChdbConnection Open(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        foreach (var (name, _) in settings)
        {
            if (!Settings.Contains(name))
            {
                throw ClickHouseException.Of(ErrorCode.UnknownSetting, $"Setting '{name}' is neither a builtin setting nor started with the prefix 'SQL_' registered for user-defined settings.");
            }
        }

        return ChdbConnection.TryOpen([.. EngineArguments.Of(_options), .. settings.Select(pair => $"--{pair.Key}={pair.Value}")])
            ?? throw ExplainRefusal(settings);
    }

    /// <summary>Runs a statement of this server's own and returns its result as text, tab separated.</summary>
    public string Ask(string statement)
    {
        lock (_control)
        {
            ObjectDisposedException.ThrowIf(_root is null, this);
            using var result = _root.Query(Encoding.UTF8.GetBytes(statement), FormatName.Default, QueryParameters.None);
            return result.Error is { } error ? throw ClickHouseException.FromEngine(error) : Encoding.UTF8.GetString(result.Bytes);
        }
    }

    public void Dispose()
    {
        lock (_control)
        {
            if (_root is null)
            {
                return;
            }

            // Closing the last connection stops merges and mutations and closes the tables.
            _root.Dispose();
            _root = null;
            _ = Chdb.Shutdown();
        }
    }

    /// <summary>The engine refuses a connection without a reason; SET with the same values tells it.</summary>
    private ClickHouseException ExplainRefusal(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        using var connection = ChdbConnection.TryOpen([.. EngineArguments.Of(_options)]);
        if (connection is null)
        {
            return ClickHouseException.Of(ErrorCode.Aborted, "The engine takes no connections");
        }

        var assignments = settings.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} = {SqlLiteral.Quote(pair.Value)}"));
        using var result = connection.Query(Encoding.UTF8.GetBytes($"SET {string.Join(", ", assignments)}"), FormatName.Default, QueryParameters.None);
        return result.Error is { } error ? ClickHouseException.FromEngine(error) : ClickHouseException.Of(ErrorCode.BadArguments, "A setting's value was refused");
    }
}
