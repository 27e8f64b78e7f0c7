namespace Andi.Oltp.Assessments.Schools;

/// <summary>A school of a district.</summary>
public sealed class School
{
    public required string SchoolId { get; init; }

    public required string Name { get; set; }

    public required string DistrictId { get; set; }
}
