using System.Security.Cryptography;
using Andi.Security;

namespace Andi.AppHost.State;

/// <summary>Files that only their owner may read: passwords, ports, run.json.</summary>
internal static class SecretFile
{
    /// <summary>Writes the file whole: a reader sees the old content or the new one, never a part.</summary>
    /// <exception cref="StartException">The file cannot be written.</exception>
    public static void Write(string file, string content)
    {
        try
        {
            var temporary = $"{file}.{Environment.ProcessId}.tmp";
            using (var writer = new StreamWriter(OwnerOnly.Create(temporary)))
            {
                writer.Write(content);
            }

            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"{file} cannot be written: {exception.Message} Make the folder writable, or give another one with --data DIR.", exception);
        }
    }

    /// <summary>A password of 128 random bits in hexadecimal (no character that a connection string or a URL would have to escape), made once.</summary>
    /// <exception cref="StartException">The file is there and does not hold one.</exception>
    public static string Password(string file)
    {
        var password = ReadOrCreate(file, () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        return password.Length > 0 && password.All(char.IsAsciiLetterOrDigit)
            ? password
            : throw new StartException($"{file} does not hold a password (letters and digits). Put the right file back, or remove it and start with --fresh.");
    }

    private static string ReadOrCreate(string file, Func<string> create)
    {
        if (!File.Exists(file))
        {
            Write(file, create());
        }

        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{file} cannot be read: {exception.Message}", exception);
        }
    }
}
