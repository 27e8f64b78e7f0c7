using Andi.Security;
using Microsoft.Extensions.Localization;

namespace Andi.Web.Areas.Assessments;

/// <summary>Scores: of states, districts, schools, classrooms and students.</summary>
internal sealed class AssessmentsArea : WebArea
{
    public override string Name => "assessments";

    public override IReadOnlyList<string> DependsOn => ["schools"];

    public override int Order => 10;

    public override IEnumerable<MenuEntry> Menu(Caller visitor, IServiceProvider services)
    {
        var text = services.GetRequiredService<IStringLocalizer<AssessmentsTexts>>();
        if (visitor.Role == Roles.Service)
        {
            yield break;
        }

        yield return new MenuEntry(
            text["Scores"], HomeOf(visitor), "/states/", "/districts/", "/schools/", "/classrooms/", "/students/", "/tests/", "/scores/");
    }

    public override string? PageOf(string kind, string id) => kind switch
    {
        "state" => Page($"/states/{id}"),
        "district" => Page($"/districts/{id}"),
        "school" => Page($"/schools/{id}"),
        "classroom" or "teacher" => Page($"/classrooms/{id}"),
        "student" => Page($"/students/{id}"),
        "test" => Page($"/tests/{id}"),
        _ => null,
    };

    public override void AddServices(IServiceCollection services) =>
        services.AddScoped<ScoreQuestions>().AddScoped<PlaceReader>().AddScoped<ClassroomsOfSchool>().AddScoped<ComparedPlaces>()
            .AddScoped<EarlierScores>();

    public override IEnumerable<UploadKind> Uploads(Caller visitor, IServiceProvider services)
    {
        var text = services.GetRequiredService<IStringLocalizer<AssessmentsTexts>>();
        if (ScoreForms.IsWriter(visitor))
        {
            yield return new UploadKind("scores", text["Scores"])
            {
                Columns =
                [
                    "studentId", "teacherId", "testId", "schoolYear", "testDate", "overallScore", "overallPerformanceLevel", "status", "scoreId",
                    "dimension:algebra",
                ],
            };
        }

        if (visitor.Role == Roles.Admin)
        {
            yield return new UploadKind("tests", text["Tests"])
            {
                Columns = ["testId", "name", "subject", "minScore", "maxScore", "decimals", "bands", "levels"],
            };
        }
    }

    public override void Map(IEndpointRouteBuilder app)
    {
        app.MapClassroomsCsv();
        ScoreForms.Map(app);
    }

    private static string HomeOf(Caller visitor) => visitor switch
    {
        { Role: Roles.Teacher, ScopeId: { } id } => Page($"/classrooms/{id}"),
        { Role: Roles.SchoolAdmin, ScopeId: { } id } => Page($"/schools/{id}"),
        { Role: Roles.DistrictAdmin, ScopeId: { } id } => Page($"/districts/{id}"),
        { Role: Roles.StateAdmin, ScopeId: { } id } => Page($"/states/{id}"),
        _ => "/states",
    };

    private static string Page(FormattableString path) => Apis.ApiPath.Of(path);
}
