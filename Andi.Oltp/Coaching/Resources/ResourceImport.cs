using Andi.Oltp.Imports;
using Andi.Oltp.Imports.Columns;
using Andi.Oltp.Imports.Staging;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Coaching.Resources;

internal static class ResourceImport
{
    public static ImportDefinition Define() => PlainTable.Define(
        "resources",
        [
            ValueColumn.Text("resourceId", "resource_id", TextRules.Id),
            ValueColumn.Text("title", "title", CoachingRules.Title),
            ValueColumn.Text("kind", "kind", CoachingRules.ResourceKind),
            ValueColumn.Text("subject", "subject", TextRules.Subject),
            ValueColumn.Text("gradeBand", "grade_band", CoachingRules.GradeBand),
        ]);
}
