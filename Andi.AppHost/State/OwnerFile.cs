using System.Security.Cryptography;

namespace Andi.AppHost.State;

/// <summary>Files that only their owner may read: passwords, the signing key, run.json.</summary>
internal static class OwnerFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes the file whole: a reader sees the old content or the new, never a part.</summary>
    public static void Write(string file, string content)
    {
        var temporary = $"{file}.{Environment.ProcessId}.tmp";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(content);
        }

        File.Move(temporary, file, overwrite: true);
    }

    /// <summary>A password of 128 random bits in hexadecimal (no character that a connection string or an URL would have to escape), made once.</summary>
    public static string Password(string file) => ReadOrCreate(file, () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    /// <summary>The 256-bit key, base64, that signs tokens; made once.</summary>
    public static byte[] SigningKey(string file) =>
        Convert.FromBase64String(ReadOrCreate(file, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));

    private static string ReadOrCreate(string file, Func<string> create)
    {
        if (!File.Exists(file))
        {
            Write(file, create());
        }

        return File.ReadAllText(file).Trim();
    }
}
