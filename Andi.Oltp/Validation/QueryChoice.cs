namespace Andi.Oltp.Validation;

/// <summary>A query parameter that is one of a few words.</summary>
public static class QueryChoice
{
    /// <returns><paramref name="missing"/> where the parameter is not given.</returns>
    /// <exception cref="ProblemException">400 naming the parameter and the words.</exception>
    public static T Read<T>(string name, string? value, T missing)
        where T : struct, Enum
    {
        if (value is null)
        {
            return missing;
        }

        foreach (var choice in Enum.GetValues<T>())
        {
            if (choice.ToString().Equals(value, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        var words = string.Join(" or ", Enum.GetNames<T>().Select(word => word.ToLowerInvariant()));
        throw ProblemException.Invalid(new Dictionary<string, string[]> { [name] = [$"must be {words}, not '{value}'"] });
    }
}
