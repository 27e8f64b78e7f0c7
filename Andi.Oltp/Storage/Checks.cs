using System.Globalization;
using Andi.Oltp.Requests;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Storage;

/// <summary>CHECK constraints that several tables share; each is the database's half of the validation in <c>Andi.Oltp.Requests</c>.</summary>
public static class Checks
{
    /// <summary>An id: 1 to 64 characters, none of them a space, a control character or one that a URL's path gives a meaning.</summary>
    public static void HasIdCheck<T>(this TableBuilder<T> table, string column)
        where T : class =>
        table.HasCheckConstraint(
            $"ck_{table.Name}_{column}",
            // Length and characters apart: one expression with a bounded repetition takes thirty times as long, most of an import's time.
            $@"char_length({column}) BETWEEN 1 AND {TextRules.IdLength} AND {column} !~ '[[:space:][:cntrl:]/\\?#%]'");

    /// <summary>Text that is not blank and has at most <paramref name="maxLength"/> characters.</summary>
    public static void HasTextCheck<T>(this TableBuilder<T> table, string column, int maxLength)
        where T : class =>
        table.HasCheckConstraint($"ck_{table.Name}_{column}", $"btrim({column}) <> '' AND char_length({column}) <= {maxLength}");

    /// <summary>Exactly one of <paramref name="words"/>, none of which has a quote.</summary>
    public static void HasChoiceCheck<T>(this TableBuilder<T> table, string column, IEnumerable<string> words)
        where T : class =>
        table.HasCheckConstraint($"ck_{table.Name}_{column}", $"{column} IN ({string.Join(", ", words.Select(word => $"'{word}'"))})");

    /// <summary>Within the rule's bounds. How many decimal places there are is the column type's to say: it rounds.</summary>
    public static void HasNumberCheck<T>(this TableBuilder<T> table, string column, NumberRule rule)
        where T : class =>
        table.HasCheckConstraint($"ck_{table.Name}_{column}", string.Create(CultureInfo.InvariantCulture, $"{column} BETWEEN {rule.Min} AND {rule.Max}"));

    /// <summary>Within the rule's bounds.</summary>
    public static void HasInstantCheck<T>(this TableBuilder<T> table, string column, InstantRule rule)
        where T : class =>
        table.HasCheckConstraint(
            $"ck_{table.Name}_{column}", $"{column} >= '{UtcInstant.Format(rule.From)}' AND {column} < '{UtcInstant.Format(rule.Until)}'");
}
