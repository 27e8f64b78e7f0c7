using Andi.Oltp.Requests;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Storage;

/// <summary>CHECK constraints that several tables share; each is the database's half of the validation in <c>Andi.Oltp.Requests.FieldRules</c>.</summary>
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
}
