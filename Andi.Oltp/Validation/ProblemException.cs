namespace Andi.Oltp.Validation;

/// <summary>Ends a request with a problem document. Thrown inside a transaction it also rolls that back.</summary>
public sealed class ProblemException(int status, string title, string detail) : Exception(detail)
{
    /// <summary>HTTP status of the answer.</summary>
    public int Status { get; } = status;

    public string Title { get; } = title;

    /// <summary>Reasons by field, as in ASP.NET Core's validation problems; empty where the problem is not one of the content.</summary>
    public IDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Further members of the document.</summary>
    public IDictionary<string, object?> Members { get; init; } = new Dictionary<string, object?>();

    public static ProblemException NotFound(string thing, string id) =>
        new(StatusCodes.Status404NotFound, "Not found.", $"There is no {thing} with id '{id}'.");

    public static ProblemException Conflict(string detail, params ReadOnlySpan<string> fields)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var field in fields)
        {
            errors[field] = [detail];
        }

        return new(StatusCodes.Status409Conflict, "Conflict.", detail) { Errors = errors };
    }

    public static ProblemException Invalid(IDictionary<string, string[]> errors)
    {
        var (field, reasons) = errors.First();
        var more = errors.Count > 1 ? $" ({errors.Count - 1} more fields are wrong)" : "";
        return new(StatusCodes.Status400BadRequest, "The request is not valid.", $"'{field}' {reasons[0]}{more}") { Errors = errors };
    }
}
