namespace Andi.FaultCampaign.Comparison;

/// <summary>A question that the analytics API answers for each thing of a kind, and the SQL by which PostgreSQL answers it for all of them.</summary>
/// <param name="Name">The file of the SQL.</param>
/// <param name="Kind">The things it is asked about; the file of the SQL that lists them.</param>
/// <param name="Path">Of the API; <c>{id}</c> is the thing.</param>
/// <param name="Group">What <c>{group}</c> in the SQL stands for.</param>
internal sealed record Question(string Name, string Kind, string Path, string Group = "")
{
    /// <summary>Whether it can be limited to a school year and a test.</summary>
    public bool TakesFilter { get; init; } = true;

    /// <summary>Whether its answer comes in pages, in any order asked for.</summary>
    public bool IsPaged { get; init; }

    /// <summary>Whether the answer about one test of one year is one object without items.</summary>
    public bool IsOneOfTest { get; init; }

    /// <summary>What else its answer has, which PostgreSQL is not asked for.</summary>
    public IReadOnlyList<string> Unasked { get; init; } = [];

    public static readonly IReadOnlyList<Question> All =
    [
        new("classroom_scores", "teachers", "classrooms/{id}/scores") { IsOneOfTest = true },
        new("classroom_students", "teachers", "classrooms/{id}/students"),
        new("school_scores", "schools", "schools/{id}/scores"),
        new("district_scores", "districts", "districts/{id}/scores"),
        new("district_schools", "districts", "districts/{id}/schools/scores") { IsPaged = true },
        new("state_districts", "states", "states/{id}/districts/scores") { IsPaged = true },
        new("dimensions", "teachers", "classrooms/{id}/dimensions", "teacher_id"),
        new("dimensions", "schools", "schools/{id}/dimensions", "school_id"),
        new("dimensions", "districts", "districts/{id}/dimensions", "district_id"),
        new("distribution", "teachers", "classrooms/{id}/distribution", "teacher_id"),
        new("distribution", "schools", "schools/{id}/distribution", "school_id"),
        new("distribution", "districts", "districts/{id}/distribution", "district_id"),
        new("distribution", "states", "states/{id}/distribution", "state_id"),
        new("trend", "teachers", "classrooms/{id}/trend", "teacher_id") { TakesFilter = false },
        new("trend", "schools", "schools/{id}/trend", "school_id") { TakesFilter = false },
        new("trend", "districts", "districts/{id}/trend", "district_id") { TakesFilter = false },
        new("trend", "states", "states/{id}/trend", "state_id") { TakesFilter = false },
        new("tests_of_place", "teachers", "classrooms/{id}/tests", "teacher_id") { TakesFilter = false },
        new("tests_of_place", "schools", "schools/{id}/tests", "school_id") { TakesFilter = false },
        new("tests_of_place", "districts", "districts/{id}/tests", "district_id") { TakesFilter = false },
        new("tests_of_place", "states", "states/{id}/tests", "state_id") { TakesFilter = false },
        new("student_scores", "students", "students/{id}/scores") { TakesFilter = false },
        new("teacher_days", "teachers", "teachers/{id}/ciq") { TakesFilter = false, Unasked = ["progress"] },
        new("teacher_wait_time", "teachers", "teachers/{id}/ciq/wait-time") { TakesFilter = false },
        new("school_weeks", "schools", "schools/{id}/ciq") { TakesFilter = false },
        new("district_months", "districts", "districts/{id}/ciq") { TakesFilter = false, Unasked = ["dashboard"] },
    ];
}

/// <summary>What a question is limited to.</summary>
/// <param name="Year">A school year, or <see cref="EachYear"/>; null: the newest that has something to answer.</param>
/// <param name="Test">Null: all tests.</param>
internal sealed record Filter(string? Year, string? Test)
{
    public const string EachYear = "all";

    public static readonly Filter None = new(null, null);

    public bool IsOfOneTestAndYear => Test is not null && Year != EachYear;

    public IEnumerable<string> Parameters
    {
        get
        {
            if (Year is not null)
            {
                yield return $"schoolYear={Year}";
            }

            if (Test is not null)
            {
                yield return $"testId={Test}";
            }
        }
    }

    /// <summary>The year that the answer says it is of.</summary>
    /// <param name="rows">Of the answer.</param>
    public string? YearOf(IReadOnlyList<Row> rows) => Year switch
    {
        EachYear => null,
        null => rows.Count > 0 ? rows[0].Text("schoolYear") : null,
        _ => Year,
    };
}
