using System.Text.Json;
using System.Text.Json.Serialization;

namespace Andi.Security;

/// <summary>A token that is refused though it is valid.</summary>
/// <param name="Jti">The token's id.</param>
/// <param name="Expires">When it ends anyway: from then on the entry is of no use.</param>
public sealed record RevokedToken([property: JsonRequired] string Jti, [property: JsonRequired] DateTimeOffset Expires);

/// <summary>
/// The list of revoked tokens: a file of JSON lines, <c>{"jti":"…","expires":"2026-12-01T08:00:00Z"}</c>, that only its owner can read. It is replaced as a
/// whole, so that a reader never sees half of it.
/// </summary>
public static class RevocationFile
{
    /// <summary>Its name beside the signing key of development.</summary>
    public const string Name = "revoked.jsonl";

    /// <summary>What is larger is not read: it was not made by <see cref="Add"/>, which drops what has expired.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>All entries, in the order of the file.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read, or a line is no entry; the message names the file and the line.</exception>
    public static IReadOnlyList<RevokedToken> Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // One byte more than allowed tells that there is more: the length of a file may change while it is read.
            var bytes = new byte[(int)Math.Min(stream.Length, MaxBytes) + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxBytes)
            {
                throw new InvalidOperationException($"The revocation list {file} is larger than {MaxBytes} bytes.");
            }

            using var reader = new StreamReader(new MemoryStream(bytes, 0, length));
            var entries = new List<RevokedToken>();
            for (var number = 1; reader.ReadLine() is { } line; number++)
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    entries.Add(Entry(line) ?? throw new InvalidOperationException(
                        $"The revocation list {file}, line {number}, is no entry such as {{\"jti\":\"…\",\"expires\":\"2026-12-01T08:00:00Z\"}}."));
                }
            }

            return entries;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The revocation list {file} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Adds an entry, or lengthens the one of that id, and drops those that have expired. Makes the file where there is none.</summary>
    /// <exception cref="InvalidOperationException">What is there cannot be read: it is left as it is.</exception>
    public static void Add(string file, RevokedToken entry, DateTimeOffset now)
    {
        // Held while the list is changed: of two commands at once the second would otherwise lose what the first has added.
        using var alone = Lock($"{file}.lock");
        var kept = File.Exists(file) ? Read(file).Where(one => one.Expires > now) : [];
        var same = kept.FirstOrDefault(one => one.Jti == entry.Jti);
        var expires = same is not null && same.Expires > entry.Expires ? same.Expires : entry.Expires;
        var lines = kept.Where(one => one.Jti != entry.Jti).Append(entry with { Expires = expires }).Select(one => JsonSerializer.Serialize(one, Json));
        var temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        using (var writer = new StreamWriter(temporary, Options(FileMode.CreateNew)))
        {
            foreach (var line in lines)
            {
                writer.Write(line + "\n");
            }
        }

        File.Move(temporary, file, overwrite: true);
    }

    private static RevokedToken? Entry(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<RevokedToken>(line, Json) is { Jti.Length: > 0 } entry ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static FileStream Lock(string file)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(file, Options(FileMode.OpenOrCreate));
            }
            catch (IOException) when (attempt < 100 && Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
            {
                Thread.Sleep(50);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new InvalidOperationException($"The revocation list cannot be changed: {exception.Message}", exception);
            }
        }
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
