using System.Collections.Concurrent;

namespace Andi.FaultCampaign.World;

/// <summary>
/// The things that the campaign writes about: small, as every answer about every one of them is compared again and again. What it knows of scores is a
/// guess that makes writes likely to fit (a write's answer may be lost); PostgreSQL is asked after each comparison, and only it is the oracle.
/// </summary>
internal sealed class SchoolWorld
{
    public static readonly IReadOnlyList<string> Years = ["2023-2024", "2024-2025", "2025-2026"];
    public static readonly IReadOnlyList<string> Grades = ["3", "4", "5", "6"];
    public static readonly IReadOnlyList<string> Dimensions = ["algebra", "geometry", "reading", "reasoning"];

    public IReadOnlyList<string> States { get; } = Ids("ST", 2);

    public IReadOnlyList<string> Districts { get; } = Ids("D", 3);

    public IReadOnlyList<string> Schools { get; } = Ids("S", 6);

    public IReadOnlyList<string> Teachers { get; } = Ids("T", 20);

    public IReadOnlyList<string> Students { get; } = Ids("P", 120);

    public IReadOnlyList<string> Tests { get; } = Ids("X", ScoreScale.All.Count);

    /// <summary>The scale that each test has, as far as is known.</summary>
    public ConcurrentDictionary<string, ScoreScale> Scales { get; } = new();

    /// <summary>Those who have taken something in the newest year, which has only begun: few, so that most groups of scores end in an older one.</summary>
    public IReadOnlyList<string> EarlyStudents => [.. Students.Take(8)];

    /// <summary>Of CIQ sessions, whether they are there or not; so are the two that follow.</summary>
    public IReadOnlyList<string> Sessions { get; } = Ids("C", 500);

    public IReadOnlyList<string> Uses { get; } = Ids("U", 150);

    public IReadOnlyList<string> Activities { get; } = Ids("A", 150);

    public IReadOnlyList<string> Resources { get; } = Ids("R", 4);

    /// <summary>Teachers and students that come and go.</summary>
    public IReadOnlyList<string> VisitingTeachers { get; } = Ids("VT", 4);

    public IReadOnlyList<string> VisitingStudents { get; } = Ids("VP", 12);

    /// <summary>The scores that are there, as far as is known: their ids.</summary>
    public ConcurrentDictionary<ScoreKey, string> Scores { get; } = new();

    public static string SubjectOf(int test) => test % 2 == 0 ? "math" : "english";

    /// <summary>The scale that a test begins with.</summary>
    public ScoreScale FirstScaleOf(string test) => ScoreScale.All[Tests.ToList().IndexOf(test)];

    private static IReadOnlyList<string> Ids(string prefix, int count) => [.. Enumerable.Range(1, count).Select(number => $"{prefix}{number:000}")];
}

/// <summary>There is one score of a student in a test and a school year.</summary>
internal readonly record struct ScoreKey(string StudentId, string TestId, string SchoolYear);
