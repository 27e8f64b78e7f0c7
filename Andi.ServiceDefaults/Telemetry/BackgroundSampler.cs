using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Andi.Telemetry;

/// <summary>
/// Keeps what the services do by themselves (pulses, polls, ledger updates: several statements a second) from burying people's requests: a client call
/// that no request, import or batch has caused is recorded, but not sent. Whatever has a parent follows the parent.
/// </summary>
internal sealed class BackgroundSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.RecordOnly : SamplingDecision.RecordAndSample);
}

/// <summary>Sends the background calls that failed after all; see <see cref="BackgroundSampler"/>.</summary>
internal sealed class FailedCalls : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Status == ActivityStatusCode.Error)
        {
            data.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        }
    }
}
