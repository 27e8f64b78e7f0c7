using Andi.Oltp.Assessments.Scores;
using Andi.Oltp.Imports;
using Andi.Oltp.Imports.Columns;
using Andi.Oltp.Imports.Staging;
using Andi.Oltp.Requests;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Assessments;

/// <summary>The area's tables as CSV files; the rules are those of the JSON bodies.</summary>
internal static class AssessmentImports
{
    private static readonly ValueColumn Name = ValueColumn.Text("name", "name", AssessmentRules.Name);
    private static readonly ValueColumn SchoolId = ValueColumn.Text("schoolId", "school_id", TextRules.Id);
    private static readonly StagingCheck SchoolIsKnown = StagingCheck.Known("schoolId", "school_id", "schools", "school_id");

    public static IReadOnlyList<ImportDefinition> Define(IdSource ids) =>
    [
        PlainTable.Define(
            "districts",
            [ValueColumn.Text("districtId", "district_id", TextRules.Id), Name, ValueColumn.Text("stateId", "state_id", TextRules.Id)]),
        PlainTable.Define(
            "schools",
            [ValueColumn.Text("schoolId", "school_id", TextRules.Id), Name, ValueColumn.Text("districtId", "district_id", TextRules.Id)],
            StagingCheck.Known("districtId", "district_id", "districts", "district_id")),
        PlainTable.Define(
            "teachers",
            [ValueColumn.Text("teacherId", "teacher_id", TextRules.Id), Name, SchoolId, ValueColumn.Text("email", "email", TextRules.Email, isRequired: false)],
            SchoolIsKnown),
        PlainTable.Define(
            "students",
            [ValueColumn.Text("studentId", "student_id", TextRules.Id), Name, ValueColumn.Text("grade", "grade", TextRules.Grade), SchoolId],
            SchoolIsKnown),
        PlainTable.Define(
            "tests",
            [
                ValueColumn.Text("testId", "test_id", TextRules.Id), Name, ValueColumn.Text("subject", "subject", TextRules.Subject),
                ValueColumn.Numeric("maxScore", "max_score", AssessmentRules.MaxScore),
            ]),
        ScoreImport.Define(ids),
    ];
}
