using System.Collections.Frozen;
using Andi.EmbeddedClickHouse.Errors;

namespace Andi.EmbeddedClickHouse.Engine;

/// <summary>The names of all settings of this engine, to tell a misspelt one: the engine itself would leave it out silently.</summary>
internal sealed class SettingCatalog(IEnumerable<string> names)
{
    private const string CustomPrefix = "SQL_";

    private readonly FrozenSet<string> _names = names.ToFrozenSet(StringComparer.Ordinal);

    public static SettingCatalog Empty { get; } = new([]);

    public static SettingCatalog Parse(string lines) => new(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Settings of the user's own making, which have no fixed names.</summary>
    public static bool IsCustom(string name) => name.StartsWith(CustomPrefix, StringComparison.Ordinal);

    /// <summary>Throws error 115 where one of them is no setting.</summary>
    public void Demand(IEnumerable<KeyValuePair<string, string>> settings)
    {
        foreach (var (name, _) in settings)
        {
            if (!_names.Contains(name) && !IsCustom(name))
            {
                throw ClickHouseException.Of(
                    ErrorCode.UnknownSetting,
                    $"Setting '{name}' is neither a builtin setting nor started with the prefix '{CustomPrefix}' registered for user-defined settings.");
            }
        }
    }
}
