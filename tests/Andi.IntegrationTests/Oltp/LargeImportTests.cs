using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Andi.Security;
using Andi.Topology;

namespace Andi.IntegrationTests.Oltp;

/// <summary>Many scores are refused whole for one bad row far down; then a million are imported, in bounded memory.</summary>
[Collection(AloneCollection.Name)]
public sealed class LargeImportTests(OltpFixture oltp, EnginesFixture engines) : IClassFixture<OltpFixture>
{
    private const int Students = 50_000;
    private const int Years = 20;
    private const int Scores = Students * Years;
    private const int RefusedScores = 200_000;
    private const int BadLine = 140_001;
    private const int MaxResidentMiB = 300;

    private readonly string _id = OltpFixture.Unique("L")[..10];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_million_scores_are_refused_whole_or_written_whole_in_bounded_memory()
    {
        await using var server = await OltpProcess.StartAsync(Settings(), Cancellation);
        var http = server.Http;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", oltp.Token(Roles.Admin, null));
        await ImportAsync(http, "districts", 1, "districtId,name,stateId", _ => $"{_id},North,TX").ShouldBeAsync(HttpStatusCode.OK);
        await ImportAsync(http, "schools", 1, "schoolId,name,districtId", _ => $"{_id},Hill,{_id}").ShouldBeAsync(HttpStatusCode.OK);
        await ImportAsync(http, "teachers", 1, "teacherId,name,schoolId", _ => $"{_id},Ms Stone,{_id}").ShouldBeAsync(HttpStatusCode.OK);
        await ImportAsync(http, "tests", 1, "testId,name,subject,maxScore", _ => $"{_id},Spring,Math,100").ShouldBeAsync(HttpStatusCode.OK);
        await ImportAsync(http, "students", Students, "studentId,name,grade,schoolId", number => $"{_id}{number},Kid,5,{_id}").ShouldBeAsync(HttpStatusCode.OK);

        var refused = await ImportScoresAsync(http, RefusedScores, line => line == BadLine ? "abc" : "88.5")
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        refused.Rejects.ShouldBe([(BadLine, "overallScore", "must be a number, not 'abc'")]);
        (refused.Number("read"), refused.Number("written"), refused.Number("rejected")).ShouldBe((RefusedScores, 0, 1));
        (await CountAsync()).ShouldBe(0);
        await http.GetAsync("health", Cancellation).ShouldBeAsync(HttpStatusCode.OK);

        var written = await ImportScoresAsync(http, Scores, _ => "88.5").ShouldBeAsync(HttpStatusCode.OK);
        written.GetProperty("written").GetInt64().ShouldBe(Scores);
        (await CountAsync()).ShouldBe(Scores);
        server.PeakResidentMiB.ShouldBeLessThan(MaxResidentMiB);
    }

    private Dictionary<string, string?> Settings() => new()
    {
        [$"ConnectionStrings:{ConnectionNames.Oltp}"] = oltp.ConnectionString,
        [$"ConnectionStrings:{ConnectionNames.Kafka}"] = engines.Kafka,
        [SettingNames.SigningKeyFile] = oltp.KeyFile,
        ["ChangeCapture:Enabled"] = "false",
    };

    private Task<HttpResponseMessage> ImportScoresAsync(HttpClient http, int scores, Func<int, string> score) => ImportAsync(
        http,
        "scores",
        scores,
        "studentId,teacherId,testId,schoolYear,testDate,overallScore,overallPerformanceLevel,dimensionScores",
        number => string.Create(
            CultureInfo.InvariantCulture,
            $"{_id}{number % Students},{_id},{_id},{2000 + (number / Students)},{2001 + (number / Students)}-05-01,{score(number + 2)},3,"
                + $"\"{{\"\"algebra\"\": {number % 101}}}\""));

    private static async Task<HttpResponseMessage> ImportAsync(HttpClient http, string entity, int rows, string header, Func<int, string> row)
    {
        using var content = new CsvContent(header, Enumerable.Range(0, rows).Select(row));
        return await http.PostAsync($"v1/imports/{entity}", content, Cancellation);
    }

    private Task<long> CountAsync() => oltp.ScalarAsync<long>($"SELECT count(*) FROM scores WHERE teacher_id = '{_id}'");
}
