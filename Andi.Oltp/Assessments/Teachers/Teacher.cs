namespace Andi.Oltp.Assessments.Teachers;

/// <summary>A teacher of a school; the students a teacher scores are that teacher's classroom.</summary>
public sealed class Teacher
{
    public required string TeacherId { get; init; }

    public required string Name { get; set; }

    public required string SchoolId { get; set; }

    public string? Email { get; set; }
}
