using System.Net;
using System.Text.Json;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>The lists of what there is in <see cref="World"/>.</summary>
public sealed class ListTests(AnalyticsApiFixture api) : IClassFixture<AnalyticsApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("states", "ST")]
    [InlineData("districts", "D1/Northside/ST D2/Southside/ST")]
    [InlineData("districts?stateId=ST", "D1/Northside/ST D2/Southside/ST")]
    [InlineData("schools", "C1/Hill/D1 C2/Lake/D1 C3/Mill/D2")]
    [InlineData("schools?districtId=D1", "C1/Hill/D1 C2/Lake/D1")]
    [InlineData("classrooms", "T2/Mr. Bo/C1 T4/Mr. Di/C3 T1/Ms. Ada/C1 T3/Ms. Cy/C2")]
    [InlineData("classrooms?schoolId=C1", "T2/Mr. Bo/C1 T1/Ms. Ada/C1")]
    [InlineData("tests", "X1/Spring math/math X2/Spring reading/reading")]
    [InlineData("school-years", "2025-2026")]
    public async Task All_by_name_then_by_id(string path, string expected)
    {
        var answer = await api.GetAsync($"/v1/{path}");
        Texts(answer).ShouldBe(expected);
        answer.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("districts?", "D1/Northside/ST D2/Southside/ST")]
    [InlineData("schools?districtId=D1&", "C1/Hill/D1 C2/Lake/D1")]
    [InlineData("classrooms?", "T2/Mr. Bo/C1 T4/Mr. Di/C3 T1/Ms. Ada/C1 T3/Ms. Cy/C2")]
    [InlineData("tests?", "X1/Spring math/math X2/Spring reading/reading")]
    public async Task Pages_hold_all_once(string path, string expected)
    {
        var pages = new List<string>();
        string? cursor = null;
        do
        {
            var answer = await api.GetAsync($"/v1/{path}limit=1{(cursor is null ? "" : $"&cursor={cursor}")}");
            pages.Add(Texts(answer));
            cursor = answer.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        string.Join(' ', pages).ShouldBe(expected);
    }

    [Theory]
    [InlineData("states?limit=0", "limit")]
    [InlineData("tests?limit=1001", "limit")]
    [InlineData("districts?cursor=e30", "cursor")]
    [InlineData("states?cursor=bm9uc2Vuc2U", "cursor")]
    [InlineData("school-years?cursor=e30", "cursor")]
    [InlineData("schools?stateId=ST", "stateId")]
    public async Task What_is_wrong_is_named(string path, string field)
    {
        using var response = await api.Http.GetAsync($"/v1/{path}", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        problem.GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe(field);
    }

    [Theory]
    [InlineData("districts?stateId=nowhere")]
    [InlineData("schools?districtId=nowhere")]
    [InlineData("classrooms?schoolId=nowhere")]
    public async Task Unknown_place_is_not_found(string path)
    {
        using var response = await api.Http.GetAsync($"/v1/{path}", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task List_is_of_a_position_and_has_a_tag()
    {
        using var response = await api.Http.GetAsync("/v1/districts", Cancel);
        response.Headers.Contains("Andi-Position").ShouldBeTrue();
        response.Headers.ETag.ShouldNotBeNull();
        using var again = new HttpRequestMessage(HttpMethod.Head, "/v1/districts");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag);
        using var unchanged = await api.Http.SendAsync(again, Cancel);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    private static string Texts(JsonElement answer) => string.Join(
        ' ', answer.GetProperty("items").EnumerateArray().Select(item => string.Join('/', item.EnumerateObject().Select(member => member.Value.GetString()))));
}
