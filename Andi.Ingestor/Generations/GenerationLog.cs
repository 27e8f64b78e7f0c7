using Andi.ChangeEvents;

namespace Andi.Ingestor.Generations;

internal static partial class GenerationLog
{
    [LoggerMessage(2050, LogLevel.Information, "Readers see generation {Generation} from now on; generation {Before} stood still at {Position} meanwhile.")]
    public static partial void Switched(this ILogger logger, int generation, int before, Position position);

    [LoggerMessage(2051, LogLevel.Warning, "Generation {Generation} did not come as far as generation {Before} in {Limit}; readers stay, and it is tried again in {Delay}.")]
    public static partial void NotCaughtUp(this ILogger logger, int generation, int before, TimeSpan limit, TimeSpan delay);

    [LoggerMessage(2052, LogLevel.Information, "Dropped generation {Generation}: {Partitions} partitions of the warehouse's tables.")]
    public static partial void Dropped(this ILogger logger, int generation, int partitions);

    [LoggerMessage(2053, LogLevel.Warning, "The stores did not answer; the generations are looked at again in {Delay}.")]
    public static partial void StoresNotReady(this ILogger logger, Exception exception, TimeSpan delay);
}
