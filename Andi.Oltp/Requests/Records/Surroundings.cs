namespace Andi.Oltp.Requests.Records;

internal static class Surroundings
{
    /// <summary>Writes down where the teacher is now.</summary>
    public static void TakePlace(this IPlaced record, ISurroundings now) =>
        (record.SchoolId, record.DistrictId, record.StateId) = (now.SchoolId!, now.DistrictId!, now.StateId!);

    /// <summary>Adds <c>teacherId</c> where the teacher is not known.</summary>
    public static void AddUnknownTeacher(this ISurroundings now, FieldErrors errors, string? teacherId)
    {
        if (now.StateId is null)
        {
            errors.Unknown("teacherId", teacherId);
        }
    }
}
