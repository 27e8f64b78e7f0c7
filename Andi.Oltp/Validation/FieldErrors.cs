using System.Text;

namespace Andi.Oltp.Validation;

/// <summary>The errors of a request by field. A reason continues the sentence that the field's name begins: <c>amount</c> «must be from 0 to 100».</summary>
public sealed class FieldErrors
{
    public const string Required = "is required";

    // A batch of bad rows could list a million; nobody reads more than this.
    private const int MaxFields = 100;

    private readonly Dictionary<string, string[]> _reasons = [];

    /// <summary>Put before every field's name: <c>[3].</c> for the fourth object of an array.</summary>
    public string Prefix { get; set; } = "";

    public bool Any => _reasons.Count > 0;

    /// <param name="reason">Null: nothing is wrong.</param>
    public void Add(string field, string? reason)
    {
        if (reason is not null && _reasons.Count < MaxFields)
        {
            _reasons[Prefix + field] = [reason];
        }
    }

    /// <summary>The field must be there and keep the rule.</summary>
    public void Text(string field, string? value, TextRule rule)
    {
        if (value is null)
        {
            Add(field, Required);
        }
        else
        {
            OptionalText(field, value, rule);
        }
    }

    /// <summary>The field may be missing or null; else it must keep the rule.</summary>
    public void OptionalText(string field, string? value, TextRule rule)
    {
        if (value is not null && rule.Check(Encoding.UTF8.GetBytes(value)) is { } reason)
        {
            Add(field, reason);
        }
    }

    /// <summary>The field must be there and lie within the bounds, with no more decimal places than the rule allows.</summary>
    public void Number(string field, decimal? value, NumberRule rule)
    {
        if (value is null)
        {
            Add(field, Required);
        }
        else if (rule.Check(value.Value) is { } reason)
        {
            Add(field, reason);
        }
    }

    /// <summary>The field may be missing or null; else it must lie within the bounds.</summary>
    public void OptionalNumber(string field, decimal? value, NumberRule rule)
    {
        if (value is not null)
        {
            Number(field, value, rule);
        }
    }

    /// <summary>The field must be there and lie within the bounds.</summary>
    public void Instant(string field, DateTime? value, InstantRule rule)
    {
        if (value is null)
        {
            Add(field, Required);
        }
        else if (rule.Check(value.Value) is { } reason)
        {
            Add(field, reason);
        }
    }

    /// <summary>The field must be there and lie within the bounds.</summary>
    public void Date(string field, DateOnly? value, DateRule rule)
    {
        if (value is null)
        {
            Add(field, Required);
        }
        else if (!rule.Allows(value.Value))
        {
            Add(field, rule.Reason);
        }
    }

    /// <summary>The field may be missing or null; else it must lie within the bounds.</summary>
    public void OptionalDate(string field, DateOnly? value, DateRule rule)
    {
        if (value is not null)
        {
            Date(field, value, rule);
        }
    }

    /// <summary>The field refers to a row that does not exist.</summary>
    public void Unknown(string field, string? id) => Add(field, $"is not known: '{id}'");

    /// <exception cref="ProblemException">400 listing the fields, where any is wrong.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw ProblemException.Invalid(_reasons);
        }
    }
}
