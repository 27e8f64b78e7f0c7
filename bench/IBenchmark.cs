using Andi.Bench.Measuring;
using Andi.Bench.Setting;

namespace Andi.Bench;

/// <summary>One part of the benchmark: measures Andi and what it is compared with, in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>On the command line.</summary>
    string Name { get; }

    /// <summary>What is compared with what, in one sentence.</summary>
    string Question { get; }

    Task<PartResult> RunAsync(BenchSetting setting, CancellationToken cancellationToken);
}
