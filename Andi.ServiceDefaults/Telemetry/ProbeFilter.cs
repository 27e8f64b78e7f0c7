using System.Diagnostics;
using OpenTelemetry;

namespace Andi.Telemetry;

/// <summary>Drops the spans of health probes: one a second from every host would bury the requests that people make.</summary>
internal sealed class ProbeFilter : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Kind == ActivityKind.Server && data.GetTagItem("url.path") is "/health" or "/alive")
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
