namespace Andi.Oltp.Assessments.Tests;

/// <summary>An assessment that students take; scores of it are percentages.</summary>
public sealed class Test
{
    public required string TestId { get; init; }

    public required string Name { get; set; }

    public required string Subject { get; set; }

    /// <summary>Points that can be reached, more than 0; for information, since scores are percentages.</summary>
    public required decimal MaxScore { get; set; }
}
