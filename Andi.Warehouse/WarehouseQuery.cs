using System.Text.RegularExpressions;
using Andi.Warehouse.Areas;
using Andi.Warehouse.Client;

namespace Andi.Warehouse;

/// <summary>A named query of an area: <c>Areas/{area}/queries/{name}.sql</c>, whose comment says which question it answers.</summary>
public sealed record WarehouseQuery
{
    private WarehouseQuery(string area, string name, string sql)
    {
        Area = area;
        Name = name;
        Sql = OptionalConditions.Checked($"{area}/{name}", sql);
    }

    public string Area { get; }

    public string Name { get; }

    public string Sql { get; }

    /// <summary>The query of that area and name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="FormatException">It has an optional condition of an unknown form.</exception>
    public static WarehouseQuery Of(string area, string name) =>
        SqlFile.In("queries").FirstOrDefault(file => file.Area == area && file.Name == name) is { } found
            ? new WarehouseQuery(area, name, found.Read())
            : throw new ArgumentException($"There is no query {area}/{name}.");

    /// <summary>Every named query, by area and name.</summary>
    public static IReadOnlyList<WarehouseQuery> All() => [.. SqlFile.In("queries").Select(file => new WarehouseQuery(file.Area, file.Name, file.Read()))];

    /// <summary>One call of it. Conditions on parameters that are NULL are left out.</summary>
    public ClickHouseStatement With(ClickHouseParameters parameters) =>
        new(OptionalConditions.Settle(Sql, parameters)) { Name = $"{Area}/{Name}", Parameters = parameters };
}

/// <summary>
/// Conditions that hold for everything where their parameter is NULL:
/// <c>AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})</c>. Which of the two cases applies is known before the engine sees
/// the statement, and it costs the engine more to find out than to read a classroom's rows. The text is replaced by its form, so every nullable parameter
/// of a named query must stand in exactly this form: <see cref="Checked"/> refuses any other when the query is loaded.
/// </summary>
internal static partial class OptionalConditions
{
    /// <summary>
    /// Leaves out those whose parameter is NULL, and makes plain comparisons of the others. A condition whose parameter is not given stays as it is.
    /// </summary>
    public static string Settle(string sql, ClickHouseParameters parameters) =>
        Condition().Replace(sql, match => parameters.IsNull(match.Groups["name"].Value) switch
        {
            true => "",
            false => $"{match.Groups["and"].Value}{match.Groups["column"].Value} = {{{match.Groups["name"].Value}:{match.Groups["type"].Value}}}",
            null => match.Value,
        });

    /// <summary>The SQL as it is.</summary>
    /// <exception cref="FormatException">It has a nullable parameter outside of a condition of the known form.</exception>
    public static string Checked(string query, string sql) => Nullable().Match(Condition().Replace(sql, "")) is { Success: true } other
        ? throw new FormatException(
            $"{query}: {other.Value} must stand in a condition of the form 'AND ({{x:Nullable(T)}} IS NULL OR column = {{x:Nullable(T)}})'.")
        : sql;

    [GeneratedRegex(
        @"(?<and>\s+AND )\(\{(?<name>\w+):Nullable\((?<type>\w+(\([\w, ]+\))?)\)\} IS NULL OR (?<column>[\w.]+) = \{\k<name>:Nullable\(\k<type>\)\}\)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex(@"\{\w+:Nullable\(.*?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Nullable();
}
