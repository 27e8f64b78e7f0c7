using Andi.Oltp.Records;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Library;

/// <summary>A book that a school lent.</summary>
public sealed class Loan
{
    public required string LoanId { get; set; }

    public required string SchoolId { get; set; }

    public required string Title { get; set; }

    public required DateOnly LentOn { get; set; }
}

/// <summary>A loan as it is written.</summary>
public sealed record LoanBody
{
    internal static readonly FieldList<LoanBody, Loan> Fields =
        new FieldList<LoanBody, Loan>("loans", "loanId", body => body.LoanId, (loan, id) => loan.LoanId = id)
            .Reference("schoolId", body => body.SchoolId, (loan, id) => loan.SchoolId = id, "schools")
            .Text("title", body => body.Title, (loan, title) => loan.Title = title, TextRules.Text(300))
            .Date("lentOn", body => body.LentOn, (loan, day) => loan.LentOn = day, DateRule.Recorded);

    /// <summary>May be left out; else that of the path.</summary>
    public string? LoanId { get; init; }

    public string? SchoolId { get; init; }

    public string? Title { get; init; }

    /// <summary>From 1970-01-01 to 2099-12-31.</summary>
    public DateOnly? LentOn { get; init; }
}
