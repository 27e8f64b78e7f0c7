using System.Security.Cryptography;

namespace Andi.EmbeddedClickHouse.Security;

/// <summary>The file that keeps the password where configuration gives none.</summary>
internal static class PasswordFile
{
    /// <summary>The file that these options name, or <c>{name of the data folder}.password</c> beside the data folder.</summary>
    public static string PathOf(EmbeddedClickHouseOptions options) =>
        Path.GetFullPath(string.IsNullOrEmpty(options.PasswordFile) ? options.DataPath + ".password" : options.PasswordFile);

    /// <summary>Reads the password; makes one of 192 random bits when there is no file yet. The file is its owner's only.</summary>
    public static string ReadOrMake(string path)
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
