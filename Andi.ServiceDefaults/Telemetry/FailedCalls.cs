using System.Diagnostics;
using OpenTelemetry;

namespace Andi.Telemetry;

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
