using System.Runtime.InteropServices;

namespace Andi.Security;

/// <summary>
/// Files and folders that only their owner may read: whatever Andi writes on a disk may hold the names and scores of students, or what opens the way to them.
/// Windows has no file modes; there the folder's access list decides.
/// </summary>
public static partial class OwnerOnly
{
    /// <summary>0600.</summary>
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0700.</summary>
    public const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>What this process and all that it starts create is for its owner only (umask 077), also where no mode is asked for.</summary>
    public static void ByDefault()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetMask((uint)(Group | Others));
        }
    }

    /// <summary>A new file to write to; one of this name is replaced, whoever could read it.</summary>
    /// <param name="path">Its folder must exist.</param>
    public static FileStream Create(string path)
    {
        // An existing file would keep its mode.
        System.IO.File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File;
        }

        return new FileStream(path, options);
    }

    /// <summary>Makes the folder where it is missing, and those above it, too; takes the rights of others away where it is there.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Folder);
            Tighten(new DirectoryInfo(path));
        }
    }

    /// <summary>
    /// Takes away what others may do with a folder and all below it. Where nobody else can enter the folder, it looks at the folder alone: what is in it is
    /// out of reach already. Links are not followed.
    /// </summary>
    /// <returns>How many files and folders were open to others.</returns>
    public static int TightenAll(string folder)
    {
        var root = new DirectoryInfo(folder);
        if (OperatingSystem.IsWindows() || !Tighten(root))
        {
            return 0;
        }

        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        var tightened = 1;
        foreach (var entry in root.EnumerateFileSystemInfos("*", everything))
        {
            tightened += Tighten(entry) ? 1 : 0;
        }

        return tightened;
    }

    // To let a group pass through a folder, and neither list nor change it, is a decision that stays (see UnprivilegedUser of the host).
    private static bool Tighten(FileSystemInfo entry)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        // An engine may have removed the file meanwhile. Its mode is then read as all bits set, which says nothing.
        var mode = entry.UnixFileMode;
        var refused = entry is DirectoryInfo && (mode & (Group | Others)) == UnixFileMode.GroupExecute ? UnixFileMode.None : mode & (Group | Others);
        if (refused == UnixFileMode.None || !entry.Exists)
        {
            return false;
        }

        try
        {
            entry.UnixFileMode = mode & ~refused;
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SetMask(uint mask);
}
