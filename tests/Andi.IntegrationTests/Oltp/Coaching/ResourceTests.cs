using System.Net;

namespace Andi.IntegrationTests.Oltp.Coaching;

[Collection(OltpCollection.Name)]
public sealed class ResourceTests(OltpFixture oltp)
{
    private HttpClient Http => oltp.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resource_is_created_replaced_read_and_deleted()
    {
        var path = $"v1/resources/{OltpFixture.Unique("R")}";
        await Http.PutAsync(path, new { title = "One", kind = "video", subject = "Math", gradeBand = "3-5" }).ShouldBeAsync(HttpStatusCode.Created);
        await Http.PutAsync(path, new { title = "Two", kind = "lesson", subject = "Reading", gradeBand = "K-2" }).ShouldBeAsync(HttpStatusCode.OK);
        var read = await Http.GetAsync(path, Cancellation).ShouldBeAsync(HttpStatusCode.OK);
        string[] fields = ["title", "kind", "subject", "gradeBand"];
        fields.Select(field => read.GetProperty(field).GetString()).ShouldBe(["Two", "lesson", "Reading", "K-2"]);
        await Http.DeleteAsync(path, Cancellation).ShouldBeAsync(HttpStatusCode.NoContent);
        await Http.GetAsync(path, Cancellation).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Resource_that_was_used_stays()
    {
        var coached = await CoachedTeacher.CreateAsync(Http);
        await Http.PostAsync("v1/resource-usage", coached.Body(RecordKind.Use)).ShouldBeAsync(HttpStatusCode.Created);
        (await Http.DeleteAsync($"v1/resources/{coached.Resource}", Cancellation).ShouldBeProblemAsync(HttpStatusCode.Conflict))
            .Detail.ShouldContain("resource_usage");
    }
}
