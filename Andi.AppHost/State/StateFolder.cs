
using Andi.Security;

namespace Andi.AppHost.State;

/// <summary>
/// What a topology keeps on disk, <c>.andi</c> unless another folder is given: the engines' data, secrets, configuration files, logs and run.json.
/// One host at a time owns it.
/// </summary>
internal sealed class StateFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <summary>Makes the folder where it is missing, and takes it for this process; the operating system gives it back however the process ends.</summary>
    /// <exception cref="StartException">Another host has it, or it cannot be written.</exception>
    public StateFolder(string root)
    {
        Root = Path.GetFullPath(root);
        try
        {
            Tightened = Directory.Exists(Root) ? OwnerOnly.TightenAll(Root) : 0;
            foreach (var folder in (string[])[Root, DataRoot, Configuration, Logs])
            {
                OwnerOnly.CreateFolder(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"The state folder {Root} cannot be made, or kept from others: {exception.Message} Give another one with --data DIR.", exception);
        }

        try
        {
            _lock = new FileStream(Path.Combine(Root, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new StartException($"Another host runs on {Root}. Stop it first, or give this one a folder of its own with --data DIR.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StartException(
                $"{Path.Combine(Root, "host.lock")} cannot be written. Make it writable, or give another folder with --data DIR.", exception);
        }
    }

    public string Root { get; }

    /// <summary>How many files and folders of it others could read before this host took it away from them.</summary>
    public int Tightened { get; }

    /// <summary>What survives a restart and what <c>--fresh</c> wipes.</summary>
    public string DataRoot => Path.Combine(Root, "data");

    public string Configuration => Path.Combine(Root, "config");

    public string Logs => Path.Combine(Root, "logs");

    public string SigningKey => Path.Combine(Root, "signing.key");

    public string RunFile => Path.Combine(Root, "run.json");

    public string Ports => Path.Combine(Root, "ports.json");

    /// <summary>Where the password of a native engine is kept.</summary>
    public string PasswordFile(string engine) => Path.Combine(Root, $"{engine}.password");

    public string Data(string name) => Path.Combine(DataRoot, name);

    /// <summary>Removes the engines' data; secrets, remembered ports and logs stay.</summary>
    /// <exception cref="StartException">Some of it cannot be removed.</exception>
    public void WipeData()
    {
        try
        {
            foreach (var entry in new DirectoryInfo(DataRoot).EnumerateFileSystemInfos())
            {
                if (entry.LinkTarget is { } target)
                {
                    // Data that is kept elsewhere is reached by a link (see UnprivilegedUser). The link goes first: without its target it is no folder
                    // any more.
                    entry.Delete();
                    if (Directory.Exists(target))
                    {
                        Directory.Delete(target, recursive: true);
                    }
                }
                else if (entry is DirectoryInfo folder)
                {
                    folder.Delete(recursive: true);
                }
                else
                {
                    entry.Delete();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data in {DataRoot} cannot be wiped: {exception.Message}", exception);
        }
    }

    public void Dispose() => _lock.Dispose();
}
