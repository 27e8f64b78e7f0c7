namespace Andi.Oltp.Assessments.Students;

/// <summary>A student of a school.</summary>
public sealed class Student
{
    public required string StudentId { get; init; }

    public required string Name { get; set; }

    /// <summary>For example <c>5</c> or <c>K</c>.</summary>
    public required string Grade { get; set; }

    public required string SchoolId { get; set; }
}
