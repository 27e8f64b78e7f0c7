namespace Andi.EmbeddedClickHouse.Engine;

/// <summary>Keeps a second process off a data folder. The lock ends with the process, however that ends.</summary>
internal sealed class DataPathLock : IDisposable
{
    private readonly FileStream _file;

    private DataPathLock(FileStream file) => _file = file;

    /// <summary>Makes the folder where it is missing. Throws <see cref="StartException"/> when another process has it or it cannot be had.</summary>
    public static DataPathLock Take(string dataPath)
    {
        var path = Path.Combine(dataPath, "embedded.lock");
        try
        {
            Directory.CreateDirectory(dataPath);
            return new DataPathLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartException($"The data folder {dataPath} cannot be written to by this user.");
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new StartException($"The data folder {dataPath} is in use by another process.");
        }
        catch (IOException error)
        {
            throw new StartException($"The data folder {dataPath} cannot be made: {error.Message}");
        }
    }

    public void Dispose() => _file.Dispose();
}
