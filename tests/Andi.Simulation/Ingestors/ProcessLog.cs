using Andi.Ingestor.Ledger;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;
using Microsoft.Extensions.Logging;

namespace Andi.Simulation.Ingestors;

/// <summary>What an ingestor logs goes into the schedule. It may fail with what the schedule broke, and when it is fenced off; with nothing else.</summary>
internal sealed class ProcessLog(World world, int process) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning || world.Schedule.IsRecorded;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        world.Schedule.Note($"  i{process}: {formatter(state, exception)}{(exception is null ? "" : $" {exception.Message}")}");
        if (exception is not (null or SimulatedFault or FencedOffException))
        {
            world.HasFailed(new SimulationFailure($"Ingestor {process} failed with {exception}"));
        }
    }
}
