using System.Security.Cryptography;

namespace Andi.EmbeddedClickHouse.Security;

/// <summary>The file that keeps the password where configuration gives none.</summary>
internal static class PasswordFile
{
    /// <summary>Completes the options with the password, and makes the paths in them absolute.</summary>
    public static void Apply(EmbeddedClickHouseOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.DataPath))
        {
            return;
        }

        options.DataPath = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.DataPath));
        if (!string.IsNullOrEmpty(options.Password))
        {
            return;
        }

        var path = Path.GetFullPath(string.IsNullOrEmpty(options.PasswordFile) ? options.DataPath + ".password" : options.PasswordFile);
        options.Password = ReadOrMake(path);
        options.PasswordFileUsed = path;
    }

    /// <summary>Reads the password; makes one of 192 random bits when there is no file yet. The file is its owner's only.</summary>
    private static string ReadOrMake(string path)
    {
        if (File.Exists(path))
        {
            var password = File.ReadAllText(path).Trim();
            return password.Length > 0 ? password : throw new StartException($"The password file {path} is empty.");
        }

        var made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.WriteLine(made);
        return made;
    }
}
