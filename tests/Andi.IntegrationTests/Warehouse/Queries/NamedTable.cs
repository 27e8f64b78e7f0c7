namespace Andi.IntegrationTests.Warehouse.Queries;

/// <summary>A table of names, and the queries that find one of its rows by its id, or all.</summary>
/// <param name="Area">Of the queries.</param>
/// <param name="Table">PostgreSQL's name for it.</param>
/// <param name="Key">Its column with the id.</param>
/// <param name="Columns">Those that the queries answer with, and the names they have there.</param>
/// <param name="One">Name of the query for one.</param>
/// <param name="Every">Name of the query for all; null: there is none.</param>
/// <param name="List">Name of the query for a page of them by name, how it calls the id, and its filter with the filter's column; null: there is none.</param>
internal sealed record NamedTable(
    string Area, string Table, string Key, (string Column, string Answer)[] Columns, string One, string? Every,
    (string Query, string Id, string? Filter, string? Column)? List = null)
{
    public static IReadOnlyList<NamedTable> All { get; } =
    [
        new("schools", "districts", "district_id", [("name", "name"), ("state_id", "stateId")], "district", "districts",
            ("district_list", "districtId", "state", "state_id")),
        new("schools", "schools", "school_id", [("name", "name"), ("district_id", "districtId")], "school", "schools",
            ("school_list", "schoolId", "district", "district_id")),
        new("schools", "teachers", "teacher_id", [("name", "name"), ("school_id", "schoolId")], "teacher", "teachers",
            ("classroom_list", "teacherId", "school", "school_id")),
        new("schools", "students", "student_id", [("name", "name"), ("grade", "grade"), ("school_id", "schoolId")], "student", null),
        new(
            "schools", "classes", "class_id",
            [("name", "name"), ("school_id", "schoolId"), ("teacher_id", "teacherId"), ("subject", "subject"), ("school_year", "schoolYear")],
            "class", null),
        new("assessments", "tests", "test_id", [("name", "name"), ("subject", "subject")], "test", "tests", ("test_list", "testId", null, null)),
        new(
            "coaching", "resources", "resource_id", [("title", "title"), ("kind", "kind"), ("subject", "subject"), ("grade_band", "gradeBand")],
            "resource", "resources"),
    ];

    /// <summary>The queries of all of them, as <c>area/name</c>, and those that ask the same tables for something else.</summary>
    public static IReadOnlyList<string> Queries { get; } =
    [
        .. All.Select(table => $"{table.Area}/{table.One}"),
        .. All.Where(table => table.Every is not null).Select(table => $"{table.Area}/{table.Every}"),
        .. All.Where(table => table.List is not null).Select(table => $"{table.Area}/{table.List!.Value.Query}"),
        "schools/state_list",
        "schools/state",
        "schools/student_names",
        "schools/school_classes",
        "schools/class_students",
        "schools/student_of_teacher",
        "schools/district_search",
        "schools/school_search",
        "schools/classroom_search",
        "schools/student_search",
        "schools/enrolled_student_search",
        "assessments/test_search",
        "assessments/scored_student_search",
    ];
}
