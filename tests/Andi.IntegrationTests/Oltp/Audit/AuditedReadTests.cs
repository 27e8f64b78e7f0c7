using System.Net;
using System.Net.Http.Headers;

namespace Andi.IntegrationTests.Oltp.Audit;

/// <summary>Each answer with rows of students has one entry in the log, with whose they are.</summary>
[Collection(OltpCollection.Name)]
public sealed class AuditedReadTests(OltpFixture oltp)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Single_rows_and_pages_are_noted_with_those_whose_they_are_and_nothing_else_is()
    {
        var room = await Classroom.CreateAsync(oltp.Http, 2);
        var score = OltpFixture.Unique("R");
        await oltp.Http.PostAsync("v1/scores", room.Score() with { ScoreId = score }).ShouldBeAsync(HttpStatusCode.Created);
        var before = (await oltp.Database.EntriesOfAsync([.. room.Students])).Count;

        await GetAsync($"v1/students/{room.Student}");
        await GetAsync($"v1/scores/{score}");
        var page = await GetAsync($"v1/students?schoolId={room.School}");
        await GetAsync($"v1/scores?teacherId={room.Teacher}");
        await GetAsync($"v1/teachers/{room.Teacher}");
        await oltp.Http.GetAsync($"v1/students/{OltpFixture.Unique("PU")}", Cancel).ShouldBeAsync(HttpStatusCode.NotFound);

        page.ShouldContain("\"items\":[{\"studentId\":");
        string[] sorted = [.. room.Students.Order(StringComparer.Ordinal)];
        (await oltp.Database.EntriesOfAsync([.. room.Students])).Skip(before).Select(entry => entry.Text()).ShouldBe(
        [
            $"admin read students [] [{room.Student}] 1 GET /v1/students/{{id}}",
            $"admin read scores [] [{room.Student}] 1 GET /v1/scores/{{scoreId}}",
            $"admin read students [] [{sorted[0]} {sorted[1]}] 2 GET /v1/students",
            $"admin read scores [] [{room.Student}] 1 GET /v1/scores",
        ]);
    }

    [Fact]
    public async Task That_the_callers_copy_is_still_good_is_noted_as_well()
    {
        var room = await Classroom.CreateAsync(oltp.Http);
        using var first = await oltp.Http.GetAsync($"v1/students/{room.Student}", Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/students/{room.Student}");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await oltp.Http.SendAsync(request, Cancel);
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        second.Headers.ETag.ShouldBe(first.Headers.ETag);
        (await second.Content.ReadAsStringAsync(Cancel)).ShouldBeEmpty();

        using var other = new HttpRequestMessage(HttpMethod.Get, $"v1/students/{room.Student}");
        other.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"another\""));
        using var third = await oltp.Http.SendAsync(other, Cancel);
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await oltp.Database.EntriesOfAsync(room.Student)).Count(entry => entry.Verb == "read").ShouldBe(3);
    }

    private async Task<string> GetAsync(string path)
    {
        using var response = await oltp.Http.GetAsync(path, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
        return await response.Content.ReadAsStringAsync(Cancel);
    }
}
