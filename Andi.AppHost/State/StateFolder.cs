namespace Andi.AppHost.State;

/// <summary>
/// What a topology keeps on disk, <c>.andi</c> unless another folder is given: the engines' data, secrets, configuration files, logs and run.json.
/// One host at a time owns it (<see cref="Lock"/>).
/// </summary>
public sealed class StateFolder
{
    private const UnixFileMode Traversable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public StateFolder(string root)
    {
        Root = Path.GetFullPath(root);
        foreach (var folder in (string[])[Root, DataRoot, Configuration, Logs])
        {
            // Traversable on purpose: under root the PostgreSQL server runs as another user. The files in it that are secret say so themselves.
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, Traversable);
            }
        }
    }

    public string Root { get; }

    /// <summary>What survives a restart and what <c>--fresh</c> wipes.</summary>
    public string DataRoot => Path.Combine(Root, "data");

    public string Configuration => Path.Combine(Root, "config");

    public string Logs => Path.Combine(Root, "logs");

    public string SigningKey => Path.Combine(Root, "signing.key");

    public string RunFile => Path.Combine(Root, "run.json");

    public string Ports => Path.Combine(Root, "ports.json");

    public string Processes => Path.Combine(Root, "processes.json");

    public string Data(string name) => Path.Combine(DataRoot, name);

    /// <summary>Takes the folder for this process; the operating system gives it back when the process ends, however it ends.</summary>
    /// <exception cref="TopologyException">Another host has it.</exception>
    public IDisposable Lock()
    {
        try
        {
            return new FileStream(Path.Combine(Root, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new TopologyException(
                $"Another host runs on {Root}. Stop it first, or give this one a folder of its own with --data DIR.");
        }
    }

    /// <summary>Removes the engines' data; secrets, remembered ports and logs stay.</summary>
    public void WipeData()
    {
        foreach (var entry in new DirectoryInfo(DataRoot).EnumerateFileSystemInfos())
        {
            // Data that had to be kept elsewhere is reached by a link (see PostgresPlace).
            if (entry.LinkTarget is { } target && Directory.Exists(target))
            {
                Directory.Delete(target, recursive: true);
            }

            if (entry is DirectoryInfo folder && entry.LinkTarget is null)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }
}
