using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Andi.Security;

/// <summary>The HMAC key of development: a file in <c>.andi</c>, base64, readable by its owner only.</summary>
public static class SigningKey
{
    private const int KeyBytes = 32;

    /// <summary>Reads the key. Throws <see cref="InvalidOperationException"/> naming the file where it is missing, not base64 or too short.</summary>
    public static SymmetricSecurityKey Read(string file)
    {
        try
        {
            var key = Convert.FromBase64String(File.ReadAllText(file).Trim());
            return key.Length >= KeyBytes
                ? new SymmetricSecurityKey(key)
                : throw new InvalidOperationException($"The signing key in {file} is shorter than {KeyBytes} bytes.");
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The signing key {file} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the key, making it first where there is none.</summary>
    public static SymmetricSecurityKey ReadOrCreate(string file)
    {
        if (!File.Exists(file))
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
            {
                OwnerOnly.CreateFolder(folder);
            }

            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly.File;
            }

            using var writer = new StreamWriter(file, options);
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        }

        return Read(file);
    }
}
