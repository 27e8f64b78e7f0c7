namespace Andi.Oltp.Requests.Records;

/// <summary>Something recorded of a teacher. It keeps where the teacher was then: the ids stay when the teacher, the school or the district moves later.</summary>
public interface IPlaced
{
    string TeacherId { get; }

    string SchoolId { get; set; }

    string DistrictId { get; set; }

    string StateId { get; set; }
}
