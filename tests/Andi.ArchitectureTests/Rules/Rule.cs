using Andi.ArchitectureTests.Sources;

namespace Andi.ArchitectureTests.Rules;

/// <summary>What must hold for the text of the repository.</summary>
/// <param name="Name">Short, in words.</param>
/// <param name="Check">Finds what breaks it.</param>
internal sealed record Rule(string Name, Func<SourceTree, IEnumerable<Violation>> Check)
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("areas stay in their folders", AreaRules.NamedOutside),
        new("the pipeline names no table", AreaRules.TablesInPipeline),
        new("areas use only what they depend on", AreaRules.UsedWithoutDependsOn),
        new("namespaces form no cycle", NamespaceRules.Cycles),
        new("files and lines are short", StyleRules.TooLong),
        new("event ids are unique", StyleRules.RepeatedEventIds),
        new("no common, utils, helper, manager", StyleRules.ForbiddenNames),
        new("texts are there in all languages", TextRules.Untranslated),
        new("texts that are asked for are there", TextRules.Unknown),
        new("documents show what is there", DocumentRules.Missing),
        new("decisions are numbered and listed", DocumentRules.Decisions),
    ];
}

/// <summary>A place that breaks a rule.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Line">Counted from 1; 0 for the whole file.</param>
/// <param name="What">What is wrong there.</param>
internal sealed record Violation(string Path, int Line, string What)
{
    public override string ToString() => Line == 0 ? $"{Path}: {What}" : $"{Path}:{Line}: {What}";
}
