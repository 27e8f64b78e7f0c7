using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Andi.IntegrationTests.Oltp;

/// <summary>ETags and the conditions on them (RFC 9110, 13), and records that go back as they came.</summary>
[Collection(OltpCollection.Name)]
public sealed class ConditionalRequestTests(OltpFixture oltp)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_version_that_If_Match_names_is_replaced_or_deleted()
    {
        var path = $"v1/districts/{OltpFixture.Unique("D")}";
        var first = await TagAsync(HttpMethod.Put, path, """{"name":"North","stateId":"TX"}""");
        (await TagAsync(HttpMethod.Get, path)).ShouldBe(first);
        var second = await TagAsync(HttpMethod.Put, path, """{"name":"South","stateId":"TX"}""", ifMatch: first);
        second.ShouldNotBe(first);

        await SendAsync(HttpMethod.Put, path, """{"name":"West","stateId":"TX"}""", ifMatch: first).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed);
        await SendAsync(HttpMethod.Delete, path, ifMatch: first).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed);
        (await TagAsync(HttpMethod.Put, path, """{"name":"North","stateId":"TX"}""", ifMatch: second)).ShouldBe(first, "it is the same again");
        await SendAsync(HttpMethod.Delete, path, ifMatch: "*").ShouldBeAsync(HttpStatusCode.NoContent);
        await SendAsync(HttpMethod.Put, path, """{"name":"West","stateId":"TX"}""", ifMatch: "*").ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task If_None_Match_creates_and_never_replaces()
    {
        var path = $"v1/districts/{OltpFixture.Unique("D")}";
        const string Body = """{"name":"North","stateId":"TX"}""";
        await SendAsync(HttpMethod.Put, path, Body, ifNoneMatch: "*").ShouldBeAsync(HttpStatusCode.Created);
        await SendAsync(HttpMethod.Put, path, Body, ifNoneMatch: "*").ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed);
        var tag = await TagAsync(HttpMethod.Get, path);
        await SendAsync(HttpMethod.Get, path, ifNoneMatch: tag).ShouldBeAsync(HttpStatusCode.NotModified);
    }

    /// <summary>Of many who have read the same version one writes; without the condition the last one would have won in silence.</summary>
    [Fact]
    public async Task Of_many_writes_of_the_same_version_at_once_one_succeeds()
    {
        var path = $"v1/districts/{OltpFixture.Unique("D")}";
        var tag = await TagAsync(HttpMethod.Put, path, """{"name":"North","stateId":"TX"}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            SendAsync(HttpMethod.Put, path, $$"""{"name":"North {{i}}","stateId":"TX"}""", ifMatch: tag)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(7);
    }

    [Fact]
    public async Task What_GET_returns_may_be_PUT_back_and_changes_nothing()
    {
        var room = await Classroom.CreateAsync(oltp.Http);
        var score = await oltp.Http.PostAsync("v1/scores", room.Score()).ShouldBeAsync(HttpStatusCode.Created);
        string[] paths =
        [
            $"v1/scores/{score.GetProperty("scoreId").GetString()}", $"v1/tests/{room.Test}", $"v1/students/{room.Student}", $"v1/teachers/{room.Teacher}",
            $"v1/districts/{room.District}",
        ];
        foreach (var path in paths)
        {
            using var got = await oltp.Http.GetAsync(path, Cancel);
            var body = await got.Content.ReadAsStringAsync(Cancel);
            (await TagAsync(HttpMethod.Put, path, body)).ShouldBe(got.Headers.ETag!.Tag);
        }

        await SendAsync(HttpMethod.Put, $"v1/tests/{room.Test}", """{"testId":"other","name":"x","subject":"math","maxScore":10}""")
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    private async Task<string> TagAsync(HttpMethod method, string path, string? body = null, string? ifMatch = null)
    {
        using var response = await SendAsync(method, path, body, ifMatch);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Cancel));
        return response.Headers.ETag.ShouldNotBeNull().Tag;
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, string? ifMatch = null, string? ifNoneMatch = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        Add(request.Headers.IfMatch, ifMatch);
        Add(request.Headers.IfNoneMatch, ifNoneMatch);
        return oltp.Http.SendAsync(request, Cancel);

        static void Add(HttpHeaderValueCollection<EntityTagHeaderValue> header, string? tag)
        {
            if (tag is not null)
            {
                header.ParseAdd(tag);
            }
        }
    }
}
