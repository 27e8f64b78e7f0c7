namespace Andi.AppHost.Engines;

/// <summary>The user that a server which refuses root runs as.</summary>
public sealed record OtherUser(int UserId, int GroupId)
{
    /// <summary>The user <c>nobody</c> where the host runs as root, else null.</summary>
    public static OtherUser? WhereRoot()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var nobody = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields is ["nobody", _, _, _, ..]);
        return nobody is null
            ? throw new TopologyException("PostgreSQL refuses to run as root, and there is no user 'nobody' to run it as. Start the host as another user.")
            : new OtherUser(int.Parse(nobody[2], null), int.Parse(nobody[3], null));
    }

    /// <summary>Whether the user can get at the folder: each folder on the way to it lets others pass.</summary>
    public static bool CanReach(string folder)
    {
        for (var part = new DirectoryInfo(folder); part is not null; part = part.Parent)
        {
            if (part.Exists && !part.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the user can get at the program and run it.</summary>
    public static bool CanRun(string program) =>
        CanReach(Path.GetDirectoryName(program)!) && new FileInfo(program).UnixFileMode.HasFlag(UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
}
