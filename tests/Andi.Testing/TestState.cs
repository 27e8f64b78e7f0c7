namespace Andi.Testing;

/// <summary>State folders of topologies under test: in the clone's <c>.andi/tests</c>. What a run leaves there (its logs) stays until the next run.</summary>
public static class TestState
{
    public static string Root { get; } = Path.Combine(Solution(), ".andi", "tests");

    /// <summary>An empty folder of this name.</summary>
    public static string Empty(string name)
    {
        var folder = Path.Combine(Root, name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Removes the data, which is large; the logs stay.</summary>
    public static void DropData(string folder)
    {
        var data = Path.Combine(folder, "data");
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
    }

    public static string Solution()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Andi.Aspire.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No solution above {AppContext.BaseDirectory}.");
    }
}
