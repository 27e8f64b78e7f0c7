using System.Globalization;

namespace Andi.EmbeddedClickHouse.Engine;

/// <summary>What every connection is opened with. The first one starts the engine with the server-wide ones; later ones must name the same path.</summary>
internal static class EngineArguments
{
    public static IEnumerable<string> Of(EmbeddedClickHouseOptions options)
    {
        yield return $"--path={options.DataPath}";
        if (options.MaxServerMemoryUsage > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--max_server_memory_usage={options.MaxServerMemoryUsage}");
        }

        if (options.BackupsPath is { Length: > 0 } backups)
        {
            yield return $"--backups.allowed_path={backups}";
        }

        // What libchdb sets otherwise than a server does.
        yield return "--implicit_select=0";
        yield return "--allow_introspection_functions=0";
        yield return "--storage_file_read_method=pread";
        if (options.MaxMemoryUsage > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--max_memory_usage={options.MaxMemoryUsage}");
        }
    }
}
