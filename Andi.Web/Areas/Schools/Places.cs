using Andi.Web.Apis;
using Andi.Web.Layout;

namespace Andi.Web.Areas.Schools;

/// <summary>The names of places, and in which others they lie.</summary>
internal sealed class Places(WriteApi oltp, ReadApi analytics, WebAreas areas)
{
    /// <summary>State, district and school, as far as the visitor may know them, for the way to a page.</summary>
    public async Task<IReadOnlyList<Breadcrumbs.Crumb>> AroundSchoolAsync(string schoolId, CancellationToken cancellationToken = default)
    {
        var (school, _, _) = await oltp.GetAsync<School>(ApiPath.Of($"v1/schools/{schoolId}"), cancellationToken);
        return school is null ? [] : [.. await AroundDistrictAsync(school.DistrictId, cancellationToken), Crumb("school", schoolId, school.Name)];
    }

    /// <summary>State and district, the district itself included.</summary>
    public async Task<IReadOnlyList<Breadcrumbs.Crumb>> AroundDistrictAsync(string districtId, CancellationToken cancellationToken = default)
    {
        var (district, _, _) = await oltp.GetAsync<District>(ApiPath.Of($"v1/districts/{districtId}"), cancellationToken);
        return district is null ? [] : [Crumb("state", district.StateId, district.StateId), Crumb("district", districtId, district.Name)];
    }

    /// <summary>A teacher's classroom; null where the visitor may not know it.</summary>
    public async Task<Breadcrumbs.Crumb?> ClassroomAsync(string teacherId, CancellationToken cancellationToken = default)
    {
        var (teacher, _, _) = await oltp.GetAsync<Teacher>(ApiPath.Of($"v1/teachers/{teacherId}"), cancellationToken);
        return teacher is null ? null : Crumb("classroom", teacherId, teacher.Name);
    }

    /// <summary>The names of a teacher's classes in the school; empty where there are none, or the visitor may not know them.</summary>
    public async Task<IReadOnlyList<string>> ClassesOfAsync(string teacherId, string schoolId, CancellationToken cancellationToken = default)
    {
        var classes = await analytics.GetAsync<Page<Class>>(ApiPath.Of($"v1/schools/{schoolId}/classes"), cancellationToken);
        return [.. (classes.Value?.Items ?? []).Where(one => one.TeacherId == teacherId).Select(one => one.Name).Distinct()];
    }

    private Breadcrumbs.Crumb Crumb(string kind, string id, string name) => new(name, areas.PageOf(kind, id));

    private sealed record Teacher(string Name);

    private sealed record Class(string Name, string TeacherId);

    private sealed record School(string Name, string DistrictId);

    private sealed record District(string Name, string StateId);
}
