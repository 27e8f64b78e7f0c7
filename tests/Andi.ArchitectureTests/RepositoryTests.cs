using System.Reflection;
using Andi.ArchitectureTests.Rules;
using Andi.ArchitectureTests.Sources;

namespace Andi.ArchitectureTests;

public sealed class RepositoryTests
{
    [Theory]
    [InlineData("areas stay in their folders")]
    [InlineData("the pipeline names no table")]
    [InlineData("areas use only what they depend on")]
    [InlineData("namespaces form no cycle")]
    [InlineData("files and lines are short")]
    [InlineData("event ids are unique")]
    [InlineData("no common, utils, helper, manager")]
    [InlineData("texts are there in all languages")]
    [InlineData("texts that are asked for are there")]
    [InlineData("documents show what is there")]
    [InlineData("decisions are numbered and listed")]
    public void Repository_keeps_the_rule(string rule)
    {
        var violations = Rule.All.Single(one => one.Name == rule).Check(SourceTree.Repository).ToList();
        violations.ShouldBeEmpty(string.Join('\n', violations.Prepend(new Violation(rule, 0, $"{violations.Count} violations"))));
    }

    [Fact]
    public void Every_rule_is_among_those_the_repository_keeps() => typeof(RepositoryTests).GetMethod(nameof(Repository_keeps_the_rule))!
        .GetCustomAttributes<InlineDataAttribute>().Select(data => (string)data.Data[0]!).ShouldBe(Rule.All.Select(rule => rule.Name), ignoreOrder: true);
}
