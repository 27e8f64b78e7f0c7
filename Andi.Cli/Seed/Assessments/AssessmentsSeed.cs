using Andi.Cli.Seed.Schools;

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
            SeedFile.Entities("districts", "districtId,name,stateId", system.Districts.Count, (index, csv) => csv
                .DistrictId(index).Quoted($"{names.City((ulong)index)} School District").Plain(system.Districts[index].State)),
            SeedFile.Entities("schools", "schoolId,name,districtId", system.Schools.Count, (index, csv) => csv
                .SchoolId(index).Quoted($"{names.Last((ulong)index)} School").DistrictId(system.Schools[index].District)),
            SeedFile.Entities("teachers", "teacherId,name,schoolId,email", system.Classrooms.Count, (index, csv) => csv
                .TeacherId(index).Quoted(names.Person((ulong)index + Teachers)).SchoolId(system.Classrooms[index].School)
                .Plain($"t{index}@schools.example")),
            SeedFile.Entities("students", "studentId,name,grade,schoolId", system.Students, (index, csv) => WriteStudent(system, names, index, csv)),
            SeedFile.Entities("tests", "testId,name,subject,maxScore", TestPlan.Tests.Count, (index, csv) => csv
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

    private const ulong Teachers = 1UL << 40;
    private const ulong Students = 2UL << 40;

    private static CsvBuffer WriteStudent(SchoolSystem system, NamePool names, int index, CsvBuffer csv)
    {
        var classroom = system.Classrooms[system.ClassroomOf(index)];
        return csv.StudentId(index).Quoted(names.Person((ulong)index + Students)).Number(classroom.Grade).SchoolId(classroom.School);
    }
}
