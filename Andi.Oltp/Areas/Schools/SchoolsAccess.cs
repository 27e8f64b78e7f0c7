using Andi.Oltp.Access;
using Andi.Security;

namespace Andi.Oltp.Areas.Schools;

/// <summary>
/// Who sees which places and people. A teacher sees the own school and district, the own classes, and their students; a school's, district's or state's
/// administrator what lies below, and the places above. Only a school's administrator writes, within the school.
/// </summary>
internal static class SchoolsAccess
{
    private const string VisibleClass = "EXISTS (SELECT FROM public.classes AS one WHERE one.class_id = enrollments.class_id)";

    public static readonly IReadOnlyList<TableRule> Rules =
    [
        .. Of(Districts, TableRule.Reading,
            (Roles.Teacher, "district_id = ANY (ARRAY(SELECT district_id FROM public.schools))"),
            (Roles.SchoolAdmin, "district_id = ANY (ARRAY(SELECT district_id FROM public.schools))"),
            (Roles.DistrictAdmin, $"district_id = {TableRule.Scope}"),
            (Roles.StateAdmin, $"state_id = {TableRule.Scope}"),
            (Roles.Analyst, $"{TableRule.Scope} IS NULL OR {TableRule.Scope} IN (district_id, state_id)")),
        .. Of(Schools, TableRule.Reading,
            (Roles.Teacher, "school_id = ANY (ARRAY(SELECT school_id FROM public.teachers))"),
            (Roles.SchoolAdmin, $"school_id = {TableRule.Scope}"),
            (Roles.DistrictAdmin, $"district_id = {TableRule.Scope}"),
            (Roles.StateAdmin, "EXISTS (SELECT FROM public.districts AS district WHERE district.district_id = schools.district_id)"),
            (Roles.Analyst, $"{TableRule.Scope} IS NULL OR school_id = {TableRule.Scope} "
                + "OR EXISTS (SELECT FROM public.districts AS district WHERE district.district_id = schools.district_id)")),
        .. Of(Teachers, TableRule.Reading,
            (Roles.Teacher, $"teacher_id = {TableRule.Scope}"),
            (Roles.DistrictAdmin, InVisibleSchool(Teachers)), (Roles.StateAdmin, InVisibleSchool(Teachers))),
        .. Of(Students, TableRule.Reading,
            (Roles.Teacher, "student_id = ANY (ARRAY(SELECT student_id FROM public.enrollments))"),
            (Roles.DistrictAdmin, InVisibleSchool(Students)), (Roles.StateAdmin, InVisibleSchool(Students))),
        .. Of(Classes, TableRule.Reading,
            (Roles.Teacher, $"teacher_id = {TableRule.Scope}"),
            (Roles.DistrictAdmin, InVisibleSchool(Classes)), (Roles.StateAdmin, InVisibleSchool(Classes))),
        .. Of(Enrollments, TableRule.Reading,
            (Roles.Teacher, "class_id = ANY (ARRAY(SELECT class_id FROM public.classes))"),
            (Roles.DistrictAdmin, VisibleClass), (Roles.StateAdmin, VisibleClass)),
        .. Of(Teachers, TableRule.Writing, (Roles.SchoolAdmin, $"school_id = {TableRule.Scope}")),
        .. Of(Students, TableRule.Writing, (Roles.SchoolAdmin, $"school_id = {TableRule.Scope}")),
        .. Of(Classes, TableRule.Writing, (Roles.SchoolAdmin, $"school_id = {TableRule.Scope}")),
        .. Of(Enrollments, TableRule.Writing, (Roles.SchoolAdmin, VisibleClass)),
        .. Roles.Scoped.Select(role => new TableRule(role, TeacherPlace.Columns.Table, TableRule.Reading, Rows: null)),
    ];

    /// <summary>What keeps the places of when it was recorded: each role sees what was recorded in its place; teachers and their schools write it.</summary>
    public static IEnumerable<TableRule> OfRecords(params IEnumerable<string> tables) => tables.SelectMany(table => (TableRule[])
    [
        new(Roles.Teacher, table, TableRule.Writing, $"teacher_id = {TableRule.Scope}"),
        new(Roles.SchoolAdmin, table, TableRule.Writing, $"school_id = {TableRule.Scope}"),
        new(Roles.DistrictAdmin, table, TableRule.Reading, $"district_id = {TableRule.Scope}"),
        new(Roles.StateAdmin, table, TableRule.Reading, $"state_id = {TableRule.Scope}"),
    ]);

    private static string Districts => DistrictBody.Fields.Table;

    private static string Schools => SchoolBody.Fields.Table;

    private static string Teachers => TeacherBody.Fields.Table;

    private static string Students => StudentBody.Fields.Table;

    private static string Classes => ClassBody.Fields.Table;

    private static string Enrollments => EnrollmentBody.Fields.Table;

    private static string InVisibleSchool(string table) => $"EXISTS (SELECT FROM public.schools AS school WHERE school.school_id = {table}.school_id)";

    private static IEnumerable<TableRule> Of(string table, Actions actions, params IEnumerable<(string Role, string Rows)> rules) =>
        rules.Select(rule => new TableRule(rule.Role, table, actions, rule.Rows));
}
