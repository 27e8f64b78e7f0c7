using Andi.ArchitectureTests.Rules;
using Andi.ArchitectureTests.Sources;

namespace Andi.ArchitectureTests;

public sealed class RepositoryTests
{
    [Theory]
    [InlineData("the pipeline names no table")]
    [InlineData("event ids are unique")]
    [InlineData("no common, utils, helper, manager")]
    [InlineData("decisions are numbered and listed")]
    public void Repository_keeps_the_rule(string rule)
    {
        var violations = Rule.All.Single(one => one.Name == rule).Check(SourceTree.Repository).ToList();
        violations.ShouldBeEmpty(string.Join('\n', violations.Prepend(new Violation(rule, 0, $"{violations.Count} violations"))));
    }

    /// <summary>Also the rules that the repository does not keep yet: run it with <c>-explicit only</c> to see what is left to do.</summary>
    [Fact(Explicit = true)]
    public void Repository_keeps_every_rule()
    {
        var lines = Rule.All.SelectMany(rule => rule.Check(SourceTree.Repository).Select(violation => $"[{rule.Name}] {violation}")).ToList();
        lines.ShouldBeEmpty(string.Join('\n', lines));
    }
}
