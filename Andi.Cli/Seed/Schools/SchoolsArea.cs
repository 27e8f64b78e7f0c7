namespace Andi.Cli.Seed.Schools;

/// <summary>
/// Districts, schools, teachers and students, which the other areas' data refers to; and a class for each teacher in the newest school year, with its students.
/// </summary>
internal sealed class SchoolsArea : SubjectArea
{
    private const ulong Teachers = 1UL << 40;
    private const ulong Students = 2UL << 40;

    public override string Name => "schools";

    public override IReadOnlyList<SeedFile> Files(int students, ulong seed)
    {
        var system = new SchoolSystem(students, seed);
        var names = new NamePool(seed);
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
            SeedFile.Entities("classes", "classId,name,schoolId,teacherId,schoolYear", system.Classrooms.Count, (index, csv) => csv
                .ClassId(index).Plain($"Homeroom grade {system.Classrooms[index].Grade}")
                .SchoolId(system.Classrooms[index].School).TeacherId(index).Plain(SchoolPlan.SchoolYear(SchoolPlan.LastYear))),
            SeedFile.Entities("enrollments", "classId,studentId,from", system.Students, (index, csv) => csv
                .ClassId(system.ClassroomOf(index)).StudentId(index).Date(new DateOnly(SchoolPlan.LastYear, 8, 18))),
        ];
    }

    private static CsvBuffer WriteStudent(SchoolSystem system, NamePool names, int index, CsvBuffer csv)
    {
        var classroom = system.Classrooms[system.ClassroomOf(index)];
        return csv.StudentId(index).Quoted(names.Person((ulong)index + Students)).Number(classroom.Grade).SchoolId(classroom.School);
    }
}

/// <summary>What is taught, and in which school years there is data.</summary>
internal static class SchoolPlan
{
    public const int FirstYear = 2023;
    public const int Years = 3;
    public const int LastYear = FirstYear + Years - 1;

    public static string SchoolYear(int year) => $"{year}-{year + 1}";

    public static readonly IReadOnlyList<string> Subjects = ["Mathematics", "Reading", "Science"];
}
