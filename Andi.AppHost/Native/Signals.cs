using System.Runtime.InteropServices;
using Andi.AppHost.Engines;

namespace Andi.AppHost.Native;

/// <summary>kill(2); .NET itself can only send SIGKILL.</summary>
internal static partial class Signals
{
    /// <returns>Whether there was a process to send it to.</returns>
    public static bool Send(int processId, StopSignal signal) => Kill(processId, signal.Number) == 0;

    /// <summary>To a session leader and everything it started that stayed in its process group.</summary>
    public static bool SendToGroup(int processId, StopSignal signal) => Kill(-processId, signal.Number) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
