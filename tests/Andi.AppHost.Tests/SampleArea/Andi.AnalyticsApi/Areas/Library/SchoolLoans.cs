using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Library;

/// <summary>What a school lent in a month, named by its first day.</summary>
internal sealed record LoanMonth(DateOnly Month, long LoanCount);

internal sealed record SchoolLoans(string SchoolId, string SchoolName, IReadOnlyList<LoanMonth> Items);

internal static class SchoolLoansEndpoint
{
    /// <summary>What the policy calls it.</summary>
    public const string Resource = "loans of a school";

    private static readonly WarehouseQuery Loans = WarehouseQuery.Of(LibraryArea.FolderName, "school_loans");

    public static void MapSchoolLoans(this IEndpointRouteBuilder area) =>
        area.MapGet("/schools/{schoolId}/loans", ReadAsync).About(Resource, PlacesOfSchools.School, "schoolId")
            .WithSummary("How many books a school lent, month by month.");

    private static Task<Results<Ok<SchoolLoans>, ProblemHttpResult>> ReadAsync(string schoolId, Questions questions, CancellationToken cancellationToken) =>
        questions.AnswerAsync(
            Entities.School, schoolId, invalid: null,
            () => questions.RowsAsync<LoanMonth>(Loans, new() { { "school", schoolId } }, cancellationToken),
            (school, months) => new SchoolLoans(school.Id, school.Name, months), cancellationToken);
}
