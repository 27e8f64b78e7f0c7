using System.Reflection;
using System.Runtime.InteropServices;

namespace Andi.EmbeddedClickHouse.Native;

/// <summary>Finds libchdb and loads it once, before anything of it is called.</summary>
internal static class ChdbLibrary
{
    private static nint _handle;

    /// <summary>The version of the library, as <c>26.7.3</c>.</summary>
    public static unsafe string Version => Marshal.PtrToStringUTF8((nint)Chdb.Version()) ?? "";

    /// <summary>
    /// Where the library is: the configured path, else <c>node_modules/@chdb/lib-{os}-{cpu}/libchdb.so</c> in the <c>engines</c> folder of
    /// the repository that this program was built in or is started in. Null where there is none.
    /// </summary>
    public static string? Find(string? configured)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return File.Exists(configured) ? Path.GetFullPath(configured) : null;
        }

        return new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() }.Select(SearchUpwards).FirstOrDefault(path => path is not null);
    }

    public static void Load(string path)
    {
        _handle = NativeLibrary.Load(path);
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), static (name, _, _) => name == Chdb.Library ? _handle : 0);

        // .NET owns SIGTERM, SIGSEGV (null references) and the rest: the engine must not take them over.
        Chdb.SetSignalHandlersEnabled(0);
    }

    private static string? SearchUpwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            foreach (var root in new[] { folder.FullName, Path.Combine(folder.FullName, "engines") })
            {
                var candidate = Path.Combine(root, "node_modules", "@chdb", PackageName, "libchdb.so");
                if (File.Exists(candidate))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private static string PackageName
    {
        get
        {
            var cpu = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
            return OperatingSystem.IsMacOS() ? $"lib-darwin-{cpu}" : $"lib-linux-{cpu}-gnu";
        }
    }
}
