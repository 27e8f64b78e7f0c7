using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Andi.AppHost.Engines;

/// <summary>Runs a short command to its end.</summary>
internal static class Command
{
    /// <returns>Exit code and everything it wrote (both streams); exit code 127 where the program is not there.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        IReadOnlyList<string> commandLine, string workingDirectory, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(commandLine[0], commandLine.Skip(1))
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        void Append(object sender, DataReceivedEventArgs received)
        {
            lock (output)
            {
                output.AppendLine(received.Data);
            }
        }

        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return (127, $"{commandLine[0]}: not found");
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, output.ToString().Trim());
    }
}
