namespace Andi.Oltp.Assessments.Districts;

/// <summary>A school district of a state.</summary>
public sealed class District
{
    public required string DistrictId { get; init; }

    public required string Name { get; set; }

    /// <summary>For example <c>TX</c>.</summary>
    public required string StateId { get; set; }
}
