using Andi.Oltp.Imports;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Schools;

/// <summary>The CSV import of enrollments: a row for each class, student and first day.</summary>
internal static class EnrollmentImport
{
    private static readonly string[] Key = ["class_id", "student_id", "from_date"];

    // In the order of the days: a row that ends a period then comes before the row of the same student that begins the next one.
    private const string Insert = """
        INSERT INTO public.enrollments (class_id, student_id, from_date, to_date)
        SELECT class_id, student_id, from_date, to_date FROM import_enrollments ORDER BY from_date, line
        """;

    private const string OnConflict = "ON CONFLICT (class_id, student_id, from_date)";

    public static ImportDefinition Define() => new()
    {
        Entity = EnrollmentBody.Fields.Table,
        SubjectColumn = EnrollmentBody.Fields.Subjects?.Column,
        Columns = [ValueColumn.Text("classId", "class_id", TextRules.Id), .. EnrollmentBody.Fields.ImportColumns],
        Checks =
        [
            StagingCheck.Unique("classId, studentId, from", Key),
            StagingCheck.New("classId, studentId, from", "enrollments", Key),
            StagingCheck.Known("classId", "class_id", "classes", "class_id"),
            StagingCheck.Known("studentId", "student_id", "students", "student_id"),
            new StagingCheck("to", "SELECT line, 'must not be before from' FROM import_rows WHERE to_date < from_date"),
            new StagingCheck("from", """
                SELECT one.line, 'is in the period of line ' || min(other.line) || ', of the same class and student'
                FROM import_rows AS one
                JOIN import_rows AS other USING (class_id, student_id)
                WHERE other.from_date < one.from_date AND one.from_date < coalesce(other.to_date, 'infinity')
                GROUP BY one.line
                """),
            new StagingCheck("from, to", """
                SELECT one.line, 'overlap with the enrollment from ' || min(there.from_date) || ' that is there already'
                FROM import_rows AS one
                JOIN enrollments AS there USING (class_id, student_id)
                WHERE there.from_date < coalesce(one.to_date, 'infinity') AND one.from_date < coalesce(there.to_date, 'infinity')
                    AND NOT EXISTS (
                        SELECT FROM import_rows AS same
                        WHERE (same.class_id, same.student_id, same.from_date) = (there.class_id, there.student_id, there.from_date))
                GROUP BY one.line
                """),
        ],
        StatementsFor = (mode, absent) => mode switch
        {
            ImportMode.Keep => [$"{Insert} {OnConflict} DO NOTHING"],
            // Without a column of its own, the last day of what is there stays.
            ImportMode.Upsert when absent.Contains("to_date") => [$"{Insert} {OnConflict} DO NOTHING"],
            ImportMode.Upsert =>
                [$"{Insert} {OnConflict} DO UPDATE SET to_date = excluded.to_date WHERE enrollments.to_date IS DISTINCT FROM excluded.to_date"],
            _ => [Insert],
        },
    };
}
