using System.Text.RegularExpressions;
using Andi.Warehouse.Migrations;

namespace Andi.Warehouse.Models;

/// <summary>The layer of a model; one stands on those before it and on its own.</summary>
public enum ModelLayer
{
    /// <summary>A view that cleans, types and renames one table of the warehouse.</summary>
    Staging,

    /// <summary>A view that joins, and knows the rules of the business.</summary>
    Intermediate,

    /// <summary>A table that ClickHouse refreshes, after those that it depends on.</summary>
    Mart,
}

/// <summary>A model: a repeatable file in the folder <c>marts</c> of an area, whose comment says what it answers and what it depends on.</summary>
/// <param name="Name">With its database.</param>
/// <param name="Layer">Told by the name: <c>stg_</c>, <c>int_</c>, or the database <c>marts</c>.</param>
/// <param name="Declared">What the line <c>-- depends on: …</c> says, in order.</param>
/// <param name="Derived">What its statement reads, in order.</param>
/// <param name="RefreshedAfter">What its <c>DEPENDS ON</c> names; the marts among <paramref name="Derived"/>.</param>
public sealed partial record Model(
    string Name, ModelLayer Layer, IReadOnlyList<string> Declared, IReadOnlyList<string> Derived, IReadOnlyList<string> RefreshedAfter)
{
    /// <summary>Every model that this assembly was built with, in the order in which they are made.</summary>
    /// <exception cref="FormatException">A file is not one.</exception>
    public static IReadOnlyList<Model> All() =>
        [.. MigrationCatalog.Embedded().Files.Where(file => file.Path.Contains("/marts/", StringComparison.Ordinal)).Select(Parse)];

    /// <exception cref="FormatException">It makes nothing, or has no line <c>-- depends on: …</c>.</exception>
    public static Model Parse(MigrationFile file)
    {
        var text = string.Join(";\n", file.Statements);
        if (Made().Match(text) is not { Success: true } made)
        {
            throw new FormatException($"{file.Path} makes no model.");
        }

        if (DependsOn().Match(text) is not { Success: true } declared)
        {
            throw new FormatException($"{file.Path} does not say what it depends on.");
        }

        var name = made.Groups["name"].Value;
        var statement = Comment().Replace(text[(made.Index + made.Length)..], "");
        var after = After().Match(statement) is { Success: true } match ? Listed(match.Groups["names"].Value) : [];
        return new Model(
            name, LayerOf(name), Listed(declared.Groups["names"].Value),
            [.. Read().Matches(statement).Select(read => read.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal)], after);
    }

    private static ModelLayer LayerOf(string name) =>
        name.StartsWith("marts.", StringComparison.Ordinal) ? ModelLayer.Mart
        : name.StartsWith("models.int_", StringComparison.Ordinal) ? ModelLayer.Intermediate
        : name.StartsWith("models.stg_", StringComparison.Ordinal) ? ModelLayer.Staging
        : throw new FormatException($"{name}: a model is named models.stg_…, models.int_… or marts.….");

    private static List<string> Listed(string names) =>
        [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"^CREATE (OR REPLACE |MATERIALIZED )VIEW (IF NOT EXISTS )?(?<name>\w+\.\w+)", RegexOptions.Multiline)]
    private static partial Regex Made();

    [GeneratedRegex(@"^-- depends on: (?<names>.+)$", RegexOptions.Multiline)]
    private static partial Regex DependsOn();

    [GeneratedRegex(@"\b(FROM|JOIN)\s+(?<name>\w+\.\w+)")]
    private static partial Regex Read();

    [GeneratedRegex(@"\bDEPENDS ON (?<names>[\w., ]+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex After();

    [GeneratedRegex(@"^--.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
