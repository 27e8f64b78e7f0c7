using Andi.Oltp.Areas.Assessments;
using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Imports;
using Andi.Oltp.Validation;
using Andi.Sql;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>A file of a set that something is made of, and how its rows are staged: every column as text, nothing moved from there by itself.</summary>
/// <param name="Name">Without <c>.csv</c>.</param>
/// <param name="Step">Files of one step are checked together, once those of the steps before are written.</param>
/// <param name="Rows">How it is read, and what must hold of its rows.</param>
internal sealed record RosterFile(string Name, int Step, ImportDefinition Rows)
{
    private const string Student = "student";
    private const string Teacher = "teacher";

    private static readonly TextRule Flag = TextRules.OneOf(["true", "false"], InLowerCase);
    private static readonly TextRule OrgType = TextRules.OneOf(["department", "school", "district", "local", "state", "national"], InLowerCase);

    private static readonly TextRule ScoreStatus =
        TextRules.OneOf(["exempt", "fully graded", "not submitted", "partially graded", "submitted"], InLowerCase);

    private static readonly TextRule Role =
        TextRules.OneOf(["administrator", "aide", "guardian", "parent", "proctor", "relative", Student, Teacher], InLowerCase);

    /// <summary>As the files are called in messages.</summary>
    public string FileName => $"{Name}.csv";

    /// <summary>The files, each after those that it refers to.</summary>
    /// <param name="stateId">The state of districts that name none; may be null.</param>
    public static IReadOnlyList<RosterFile> All(string? stateId) =>
    [
        Define(
            "orgs", 1,
            [
                RosterColumn.Text("type", "type", OrgType),
                RosterColumn.Text("name", "name", SchoolRules.Name),
                RosterColumn.Text("parent_id", "parentSourcedId", TextRules.Id, isRequired: false),
                new RosterColumn(
                    "state_id", ["metadata.stateId"], cells => cells[0].Length == 0 ? new CellText(stateId) : RosterColumn.Ruled(cells[0], TextRules.Id),
                    mayLack: true),
            ],
            ("parentSourcedId", "check_parent_cycles"), ("parentSourcedId", "check_schools_below_districts"), ("metadata.stateId", "check_states")),
        Define(
            "users", 2,
            [
                RosterColumn.Text("role", "role", Role),
                new RosterColumn("orgs", ["orgSourcedIds"], Orgs),
                new RosterColumn("name", ["role", "givenName", "familyName"], Person, about: "givenName, familyName"),
                new RosterColumn("email", ["role", "email"], Email, mayLack: true, about: "email"),
                new RosterColumn("grade", ["role", "grades"], Grade, about: "grades"),
            ],
            ("orgSourcedIds", "check_users_at_schools")),
        Define(
            "academicSessions", 3,
            [RosterColumn.Date("start_date", "startDate"), new RosterColumn("school_year", ["schoolYear"], SchoolYear)]),
        Define(
            "courses", 3,
            [
                RosterColumn.First("subject", "subjects", SchoolRules.Subject),
                RosterColumn.Text("session_id", "schoolYearSourcedId", TextRules.Id, isRequired: false),
            ]),
        Define(
            "classes", 3,
            [
                RosterColumn.Text("title", "title", SchoolRules.Name),
                RosterColumn.Text("school_id", "schoolSourcedId", TextRules.Id),
                RosterColumn.Text("course_id", "courseSourcedId", TextRules.Id, isRequired: false),
                RosterColumn.First("session_id", "termSourcedIds", TextRules.Id),
                RosterColumn.First("subject", "subjects", SchoolRules.Subject),
            ],
            ("courseSourcedId", "check_class_courses"), ("termSourcedIds", "check_class_years"), ("sourcedId", "check_class_teachers")),
        Define(
            "enrollments", 3,
            [
                RosterColumn.Text("class_id", "classSourcedId", TextRules.Id, identifies: true),
                RosterColumn.Text("user_id", "userSourcedId", TextRules.Id, identifies: true),
                RosterColumn.Text("role", "role", Role),
                RosterColumn.Text("is_primary", "primary", Flag, isRequired: false),
                RosterColumn.Date("begin_date", "beginDate", identifies: true),
                RosterColumn.Date("end_date", "endDate"),
            ],
            ("userSourcedId", "check_teachers_known"), ("primary", "check_one_primary_teacher"), ("beginDate", "check_begin_dates")),
        Define(
            "lineItems", 4,
            [
                RosterColumn.Text("title", "title", SchoolRules.Name),
                RosterColumn.Text("class_id", "classSourcedId", TextRules.Id),
                RosterColumn.Number("lowest", "resultValueMin", TestScale.Value),
                RosterColumn.Number("highest", "resultValueMax", TestScale.Value),
            ],
            ("classSourcedId", "check_item_classes")),
        Define(
            "results", 4,
            [
                RosterColumn.Text("item_id", "lineItemSourcedId", TextRules.Id),
                RosterColumn.Text("student_id", "studentSourcedId", TextRules.Id),
                RosterColumn.Text("score_status", "scoreStatus", ScoreStatus),
                RosterColumn.Number("score", "score", TestScale.Value),
                RosterColumn.Date("score_date", "scoreDate", isRequired: true),
            ],
            ("lineItemSourcedId", "check_result_items")),
    ];

    private static RosterFile Define(string name, int step, IReadOnlyList<ImportColumn> columns, params (string Field, string Check)[] checks)
    {
        var entity = $"oneroster_{name.ToLowerInvariant()}";
        return new RosterFile(name, step, new ImportDefinition
        {
            Entity = entity,
            Columns = [RosterColumn.Text("sourced_id", "sourcedId", TextRules.Id, identifies: true), RosterColumn.Status, .. columns],
            Checks =
            [
                StagingCheck.Unique("sourcedId", "sourced_id"),
                .. checks.Select(check => new StagingCheck(check.Field, EmbeddedSql.Read($"Areas/OneRoster/Sql/{check.Check}.sql"))),
            ],
            StatementsFor = (_, _) => [],
        });
    }

    // What is not needed of other roles is not looked at.
    private static bool Is(string cell, string role) => cell.Equals(role, StringComparison.OrdinalIgnoreCase);

    private static string InLowerCase(string word) => word.ToLowerInvariant();

    private static CellText Orgs(string[] cells) => RosterColumn.List(cells[0]) is [_, ..] ids
        ? ids.Select(id => RosterColumn.Ruled(id, TextRules.Id)).FirstOrDefault(id => id.Reason is not null) is { Reason: not null } wrong
            ? wrong
            : new CellText(string.Join(',', ids))
        : CellText.Wrong(FieldErrors.Required);

    private static CellText Person(string[] cells) => !Is(cells[0], Student) && !Is(cells[0], Teacher) ? new CellText(null)
        : $"{cells[1]} {cells[2]}".Trim() is { Length: > 0 } name ? RosterColumn.Ruled(name, SchoolRules.Name)
        : CellText.Wrong(FieldErrors.Required);

    private static CellText Email(string[] cells) =>
        Is(cells[0], Teacher) && cells[1].Length > 0 ? RosterColumn.Ruled(cells[1], TextRules.Email) : new CellText(null);

    // Of a student who is listed in several, the first.
    private static CellText Grade(string[] cells) => !Is(cells[0], Student) ? new CellText(null)
        : RosterColumn.List(cells[1]) is [var first, ..] ? RosterColumn.Ruled(first, SchoolRules.Grade)
        : CellText.Wrong("is required of a student");

    // OneRoster names a school year by the calendar year in which it ends.
    private static CellText SchoolYear(string[] cells) =>
        cells[0].Length == 4 && int.TryParse(cells[0], out var end) && end is > 1970 and < 2100
            ? new CellText($"{end - 1:0000}-{end:0000}")
            : CellText.Wrong($"must be the year in which it ends, from 1971 to 2099, not '{cells[0]}'");
}
