namespace Andi.Oltp.Requests.Records;

/// <summary>What a record takes over from others as of now. Null where the one it comes from is not known.</summary>
public interface ISurroundings
{
    /// <summary>That of the teacher, from the view <c>teacher_places</c>, as are the two that follow.</summary>
    string? SchoolId { get; }

    string? DistrictId { get; }

    string? StateId { get; }

    /// <summary>Whether there is a record of the body's id already.</summary>
    bool IsRecorded { get; }
}
