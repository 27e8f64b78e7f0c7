using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Records;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Assessments;

/// <summary>An assessment that students take; scores of it are percentages.</summary>
public sealed class Test
{
    public required string TestId { get; set; }

    public required string Name { get; set; }

    public required string Subject { get; set; }

    /// <summary>Points that can be reached, more than 0; for information, since scores are percentages.</summary>
    public required decimal MaxScore { get; set; }
}

/// <summary>A test as it is written.</summary>
public sealed record TestBody
{
    internal static readonly FieldList<TestBody, Test> Fields =
        new FieldList<TestBody, Test>("tests", "testId", body => body.TestId, (test, id) => test.TestId = id)
            .Text("name", body => body.Name, (test, name) => test.Name = name, SchoolRules.Name)
            .Text("subject", body => body.Subject, (test, subject) => test.Subject = subject, SchoolRules.Subject)
            .Number("maxScore", body => body.MaxScore, (test, score) => test.MaxScore = score, new NumberRule(0.01m, 99_999.99m, 2));

    /// <summary>May be left out; else that of the path.</summary>
    public string? TestId { get; init; }

    public string? Name { get; init; }

    public string? Subject { get; init; }

    /// <summary>Points that can be reached: more than 0, at most 99,999.99.</summary>
    public decimal? MaxScore { get; init; }
}
