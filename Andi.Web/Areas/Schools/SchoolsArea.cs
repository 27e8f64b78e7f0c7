using Andi.Security;

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

    public override void AddServices(IServiceCollection services) => services.AddScoped<Places>();
}
