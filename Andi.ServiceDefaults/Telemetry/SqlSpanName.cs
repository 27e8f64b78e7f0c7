using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;

namespace Andi.Telemetry;

/// <summary>
/// Names Npgsql's spans after what they do, such as <c>INSERT scores</c>; by itself Npgsql names every command <c>postgresql</c>
/// (https://opentelemetry.io/docs/specs/semconv/database/database-spans/#name).
/// </summary>
internal sealed partial class SqlSpanName : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name != "Npgsql" || data.GetTagItem("db.query.text") is not string sql || Summary().Match(sql) is not { Success: true } match)
        {
            return;
        }

        var verb = match.Groups["verb"].Value.ToUpperInvariant();
        data.DisplayName = $"{verb} {match.Groups["target"].Value}".TrimEnd();
        data.SetTag("db.operation.name", verb);
        data.SetTag("db.query.summary", data.DisplayName);
    }

    // The first verb behind comments, and the first table, or else function, behind it.
    [GeneratedRegex(
        """^(?>(?:\s|--[^\n]*\n)*)(?:(?<verb>UPDATE|COPY)\s+(?<target>[\w."]+)|(?<verb>[A-Z]+)\b(?:\s+(?:.*?\b(?:FROM|INTO)\s+)?(?<target>[\w."]+))?)""",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Summary();
}
