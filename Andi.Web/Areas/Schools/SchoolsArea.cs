using Andi.Security;
using Microsoft.Extensions.Localization;

namespace Andi.Web.Areas.Schools;

/// <summary>Districts, schools, teachers and students: what the other areas' pages are about.</summary>
internal sealed class SchoolsArea : WebArea
{
    public override string Name => "schools";

    public override IReadOnlyList<SignInScopes> SignInScopes =>
    [
        new(Roles.Teacher, "classrooms", "teacherId", "classroom"),
        new(Roles.SchoolAdmin, "schools", "schoolId", "school"),
        new(Roles.DistrictAdmin, "districts", "districtId", "district"),
        new(Roles.StateAdmin, "states", "stateId", "state"),
    ];

    public override IEnumerable<UploadKind> Uploads(Caller visitor, IServiceProvider services)
    {
        var text = services.GetRequiredService<IStringLocalizer<SchoolsTexts>>();
        if (visitor.Role == Roles.Admin)
        {
            yield return new UploadKind("districts", text["Districts"]) { Columns = ["districtId", "name", "stateId"] };
            yield return new UploadKind("schools", text["Schools"]) { Columns = ["schoolId", "name", "districtId"] };
        }

        if (visitor.Role is Roles.SchoolAdmin or Roles.Admin)
        {
            yield return new UploadKind("teachers", text["Teachers"]) { Columns = ["teacherId", "name", "schoolId", "email"] };
            yield return new UploadKind("students", text["Students"]) { Columns = ["studentId", "name", "grade", "schoolId"] };
            yield return new UploadKind("classes", text["Classes"]) { Columns = ["classId", "name", "schoolId", "teacherId", "schoolYear", "subject"] };
            yield return new UploadKind("enrollments", text["Enrollments"]) { Columns = ["classId", "studentId", "from", "to"] };
        }
    }

    public override void AddServices(IServiceCollection services) => services.AddScoped<Places>();
}
