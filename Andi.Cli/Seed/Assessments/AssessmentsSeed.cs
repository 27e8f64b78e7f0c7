namespace Andi.Cli.Seed.Assessments;

/// <summary>Districts, schools, teachers, students, tests, their scores, and the corrections of some of them.</summary>
internal sealed class AssessmentsSeed : SeedArea
{
    public override string Name => "assessments";

    public override IReadOnlyList<SeedFile> Files(int students, ulong seed)
    {
        var system = new SchoolSystem(students, seed);
        var names = new NamePool(seed);
        var scores = new ScoreRows(system, new ScoreModel(system, seed));
        return
        [
            Entities("districts", "districtId,name,stateId", system.Districts.Count, (index, csv) => csv
                .Id(District, index, 4).Quoted($"{names.City((ulong)index)} School District").Plain(system.Districts[index].State)),
            Entities("schools", "schoolId,name,districtId", system.Schools.Count, (index, csv) => csv
                .Id(School, index, 5).Quoted($"{names.Last((ulong)index)} School").Id(District, system.Schools[index].District, 4)),
            Entities("teachers", "teacherId,name,schoolId,email", system.Classrooms.Count, (index, csv) => csv
                .Id(Teacher, index, 6).Quoted(names.Person((ulong)index + Teachers)).Id(School, system.Classrooms[index].School, 5)
                .Plain($"t{index}@schools.example")),
            Entities("students", "studentId,name,grade,schoolId", system.Students, (index, csv) => WriteStudent(system, names, index, csv)),
            Entities("tests", "testId,name,subject,maxScore", TestPlan.Tests.Count, (index, csv) => csv
                .Plain(TestPlan.Tests[index].Id).Quoted(TestPlan.Tests[index].Name).Plain(TestPlan.Tests[index].Subject).Number(TestPlan.Tests[index].MaxScore)),
            // Kept where they are there already, corrected or not: a seed that runs again changes nothing.
            Scores("scores", "keep", (index, csv) => scores.Write(index, csv, corrected: false)),
            Scores("corrections", "upsert", (index, csv) => scores.Write(index, csv, corrected: true)),
        ];

        SeedFile Scores(string title, string mode, Func<long, CsvBuffer, bool> write) => new()
        {
            Title = title,
            Entity = "scores",
            Mode = mode,
            Header = ScoreRows.Header,
            Count = scores.Count,
            Write = write,
        };
    }

    internal const string District = "D";
    internal const string School = "S";
    internal const string Teacher = "T";
    internal const string Student = "ST";
    private const ulong Teachers = 1UL << 40;
    private const ulong Students = 2UL << 40;

    private static SeedFile Entities(string entity, string header, int count, Func<int, CsvBuffer, CsvBuffer> write) => new()
    {
        Title = entity,
        Entity = entity,
        Mode = "upsert",
        Header = header,
        Count = count,
        Write = (index, csv) =>
        {
            write((int)index, csv).EndRow();
            return true;
        },
    };

    private static CsvBuffer WriteStudent(SchoolSystem system, NamePool names, int index, CsvBuffer csv)
    {
        var classroom = system.Classrooms[system.ClassroomOf(index)];
        return csv.Id(Student, index, 8).Quoted(names.Person((ulong)index + Students)).Number(classroom.Grade).Id(School, classroom.School, 5);
    }
}
