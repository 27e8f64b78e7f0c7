namespace Andi.Simulation.Scheduling;

/// <summary>A failure that the schedule made: a lost connection, a refused insert, a process that is gone.</summary>
internal sealed class SimulatedFault(string message) : Exception(message);

/// <summary>The protocol did what it must never do; the message says what.</summary>
internal sealed class SimulationFailure(string message) : Exception(message);
