using System.Collections.Frozen;

namespace Andi.EmbeddedClickHouse.Engine;

/// <summary>The names of all settings of this engine, to tell a misspelt one.</summary>
internal sealed class SettingCatalog(IEnumerable<string> names)
{
    private readonly FrozenSet<string> _names = names.ToFrozenSet(StringComparer.Ordinal);

    public static SettingCatalog Empty { get; } = new([]);

    public static SettingCatalog Parse(string lines) => new(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    public bool Contains(string name) => _names.Contains(name);
}
