using System.Text.RegularExpressions;
using Andi.Warehouse.Client;

namespace Andi.Warehouse;

/// <summary>
/// Conditions that hold for everything where their parameter is NULL: <c>AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})</c>. Which of the
/// two it is, is known before the engine sees the statement, and to find it out costs the engine more than to read a classroom's rows.
/// </summary>
internal static partial class OptionalConditions
{
    /// <summary>Leaves out those whose parameter is NULL, and makes plain comparisons of the others. A condition whose parameter is not given stays as it is.</summary>
    public static string Settle(string sql, ClickHouseParameters parameters) => Condition().Replace(sql, match => parameters.IsNull(match.Groups["name"].Value) switch
    {
        true => "",
        false => $"{match.Groups["and"].Value}{match.Groups["column"].Value} = {{{match.Groups["name"].Value}:String}}",
        null => match.Value,
    });

    [GeneratedRegex(@"(?<and>\s+AND )\(\{(?<name>\w+):Nullable\(String\)\} IS NULL OR (?<column>[\w.]+) = \{\k<name>:Nullable\(String\)\}\)", RegexOptions.CultureInvariant)]
    private static partial Regex Condition();
}
