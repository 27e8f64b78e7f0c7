namespace Andi.Testing;

/// <summary>
/// One topology of this clone at a time: <c>dotnet test</c> on the solution runs the test assemblies beside each other, and several sets of engines
/// would fight for two cores. Every fixture that starts engines holds this lock; the operating system gives it back when the process ends.
/// </summary>
public static class TopologyLock
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(40);

    public static async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(TestState.Root, "lock");
        Directory.CreateDirectory(TestState.Root);
        var deadline = DateTime.UtcNow + Timeout;
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < deadline)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
            }
        }
    }
}
