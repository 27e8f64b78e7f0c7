using Andi.Oltp.Access;
using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Areas.Schools;

/// <summary>Districts, schools, teachers, students and classes: what the other areas record things of.</summary>
internal sealed class SchoolsArea : SubjectArea<SchoolsDbContext>
{
    public override string Name => "schools";

    public override IReadOnlyList<IFieldList> Records =>
        [DistrictBody.Fields, SchoolBody.Fields, TeacherBody.Fields, StudentBody.Fields, ClassBody.Fields, EnrollmentBody.Fields];

    public override IReadOnlyList<TableRule> TableAccess => SchoolsAccess.Rules;

    public override IReadOnlyList<PersonTable> Persons => [new("student", "students", "student_id", ["name"])];

    public override IReadOnlyList<ImportDefinition> DefineImports(IdSource ids) =>
    [
        DistrictBody.Fields.DefineKeyedImport(),
        SchoolBody.Fields.DefineKeyedImport(),
        TeacherBody.Fields.DefineKeyedImport(),
        StudentBody.Fields.DefineKeyedImport(),
        ClassBody.Fields.DefineKeyedImport(),
        EnrollmentImport.Define(),
    ];

    public override void MapEndpoints(RouteGroupBuilder v1)
    {
        v1.MapKeyed<SchoolsDbContext, DistrictBody, District>(DistrictBody.Fields, "district");
        v1.MapKeyed<SchoolsDbContext, SchoolBody, School>(SchoolBody.Fields, "school");
        v1.MapKeyed<SchoolsDbContext, TeacherBody, Teacher>(TeacherBody.Fields, "teacher");
        v1.MapKeyed<SchoolsDbContext, StudentBody, Student>(StudentBody.Fields, "student");
        v1.MapKeyed<SchoolsDbContext, ClassBody, Class>(ClassBody.Fields, "class");
    }
}

public sealed class SchoolsDbContext(DbContextOptions<SchoolsDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.MapRecord(DistrictBody.Fields);
        modelBuilder.MapRecord(SchoolBody.Fields).HasReference<School, District>(nameof(School.DistrictId));
        modelBuilder.MapRecord(TeacherBody.Fields).HasReference<Teacher, School>(nameof(Teacher.SchoolId));
        modelBuilder.MapRecord(StudentBody.Fields).HasReference<Student, School>(nameof(Student.SchoolId)).HasListIndex(nameof(Student.Grade));
        ClassBody.Configure(modelBuilder.MapRecord(ClassBody.Fields));
    }
}
