using Andi.Oltp.Records;
using Andi.Oltp.Validation;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Areas.Schools;

/// <summary>
/// Something recorded of a teacher. It keeps where the teacher was then: the ids stay when the teacher, the school or the district moves later.
/// </summary>
public interface IHasSchoolHierarchy
{
    string TeacherId { get; }

    string SchoolId { get; set; }

    string DistrictId { get; set; }

    string StateId { get; set; }
}

/// <summary>Where a record's teacher is now, from the view <c>teacher_places</c>. Null where the teacher is not known.</summary>
public interface ITeacherPlace : IReferencedIds
{
    string? SchoolId { get; }

    string? DistrictId { get; }

    string? StateId { get; }
}

/// <summary>What all areas do with a teacher's place.</summary>
internal static class TeacherPlace
{
    /// <summary>The columns of <see cref="IHasSchoolHierarchy"/>, for imports.</summary>
    public static readonly TakenOver Columns = new("teacher_id", "teacher_places", "school_id", "district_id", "state_id");

    /// <summary>Writes down where the teacher is now.</summary>
    public static T TakePlace<T>(this T record, ITeacherPlace now)
        where T : IHasSchoolHierarchy
    {
        (record.SchoolId, record.DistrictId, record.StateId) = (now.SchoolId!, now.DistrictId!, now.StateId!);
        return record;
    }

    /// <summary>Adds <c>teacherId</c> where the teacher is not known.</summary>
    public static void AddUnknownTeacher(this ITeacherPlace now, FieldErrors errors, string? teacherId)
    {
        if (now.StateId is null)
        {
            errors.Unknown("teacherId", teacherId);
        }
    }

    /// <summary>Adds the foreign key to the teacher. The place has none: it stays when the school or the district is gone.</summary>
    public static EntityTypeBuilder<T> HasTeacher<T>(this EntityTypeBuilder<T> record)
        where T : class, IHasSchoolHierarchy => record.HasReference<T, Teacher>(nameof(IHasSchoolHierarchy.TeacherId));
}
