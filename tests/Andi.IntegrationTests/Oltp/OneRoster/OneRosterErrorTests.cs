using System.IO.Compression;
using System.Net;

namespace Andi.IntegrationTests.Oltp.OneRoster;

/// <summary>Sets of OneRoster files that are wrong: file, line and field are named, and nothing is written.</summary>
[Collection(OltpCollection.Name)]
public sealed class OneRosterErrorTests(OltpFixture oltp)
{
    private readonly RosterSet _set = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("orgs", "school,0601,d~", "school,0601,x1", "orgs.csv line 3: parentSourcedId is not known: 'x1'")]
    [InlineData("orgs", "school,0601,d~", "school,0601,", "orgs.csv line 3: parentSourcedId is required of a school")]
    [InlineData("orgs", "department,,d~", "department,,", "orgs.csv line 5: parentSourcedId leads to no district")]
    [InlineData("orgs", "department,,d~", "department,,s2~", "orgs.csv line 4: parentSourcedId leads back to the organisation itself")]
    [InlineData("orgs", "s2~,,,Mill", "s1~,,,Mill", "orgs.csv line 5: sourcedId is the same as in line 3")]
    [InlineData("orgs", "s2~,,,Mill", "s/2,,,Mill", "orgs.csv line 5: sourcedId must not contain")]
    [InlineData("orgs", "s2~,,", "s2~,gone,", "orgs.csv line 5: status must be one of active, tobedeleted")]
    [InlineData("users", "p3~,,true,s2~", "p3~,,true,x1", "users.csv line 6: orgSourcedIds is not known as a school: 'x1'")]
    [InlineData("users", "p3~,,true,s2~", "p3~,,true,", "users.csv line 6: orgSourcedIds is required")]
    [InlineData("users", "Jo,Three,,6", "Jo,Three,,UG", "users.csv line 6: grades must be one of PK, K, 1")]
    [InlineData("users", "Jo,Three,,6", "Jo,Three,,", "users.csv line 6: grades is required of a student")]
    [InlineData("users", ",Jo,Three", ",,", "users.csv line 6: givenName, familyName is required")]
    [InlineData("users", "student,p3", "pupil,p3", "users.csv line 6: role must be one of")]
    [InlineData("academicSessions", "fall~,,Fall,term,2026-08-20,2026-12-20,sy~,2027", "fall~,,Fall,term,2026-08-20,2026-12-20,sy~,26",
        "academicSessions.csv line 3: schoolYear must be the year in which it ends")]
    [InlineData("classes", "c1~,s1~", "x1,s1~", "classes.csv line 2: courseSourcedId is not known: 'x1'")]
    [InlineData("classes", "c1~,s1~", "c1~,x1", "classes.csv line 2: schoolSourcedId is not known: 'x1'")]
    [InlineData("classes", "c1~,s1~,fall~", ",s1~,x1", "classes.csv line 2: termSourcedIds is not known as a session with a school year: 'x1'")]
    [InlineData("enrollments", "k2~,s2~,t2~,teacher", "k2~,s2~,t2~,aide", "classes.csv line 3: sourcedId has no teacher")]
    [InlineData("enrollments", "t2~,teacher,false", "t2~,teacher,true", "enrollments.csv line 3: primary is true in line 2, too")]
    [InlineData("enrollments", "k2~,s2~,p4~", "x1,s2~,p4~", "enrollments.csv line 8: classSourcedId is not known: 'x1'")]
    [InlineData("enrollments", "k2~,s2~,p4~", "k2~,s2~,x1", "enrollments.csv line 8: userSourcedId is not known: 'x1'")]
    [InlineData("enrollments", "p4~,student,,2026-09-01", "p4~,student,,", "enrollments.csv line 8: beginDate is required where the term")]
    [InlineData("enrollments", "2026-08-15,2026-12-20", "2026-08-15,2026-08-01", "enrollments.csv line 5: endDate must not be before")]
    [InlineData("enrollments", "2026-08-15,2026-12-20", "15.08.2026,", "enrollments.csv line 5: beginDate must be a date")]
    [InlineData("lineItems", "k1~,,fall~", "x1,,fall~", "lineItems.csv line 2: classSourcedId is not known: 'x1'")]
    [InlineData("lineItems", ",100,350", ",350,100", "lineItems.csv line 2: resultValueMax must be more than minScore")]
    [InlineData("lineItems", ",100,350", ",low,350", "lineItems.csv line 2: resultValueMin must be a number, not 'low'")]
    [InlineData("results", "r3~,,i2~", "r3~,,x1", "results.csv line 4: lineItemSourcedId is not known: 'x1'")]
    [InlineData("results", "p3~,partially", "x1,partially", "results.csv line 4: studentSourcedId is not known: 'x1'")]
    [InlineData("results", "graded,203.5", "graded,99", "results.csv line 2: score ")]
    [InlineData("results", "graded,203.5", "graded,", "results.csv line 2: score is required where the status is scored")]
    [InlineData("results", "203.5,2026-10-02", "203.5,2036-10-02", "results.csv line 2: scoreDate is not near the school year 2026-2027")]
    [InlineData("results", "p2~,exempt", "p2~,excused", "results.csv line 3: scoreStatus must be one of exempt")]
    [InlineData("results", "i1~,p2~", "i1~,p1~", "results.csv line 3: studentSourcedId, lineItemSourcedId is the same as in line 2")]
    [InlineData("orgs", "parentSourcedId", "parent", "orgs.csv line 1: Columns are missing: parentSourcedId")]
    [InlineData("users", "role,username", "rolle,username", "users.csv line 1: Columns are missing: role")]
    [InlineData("users", "sourcedId,status,", "sourcedId;status,", "users.csv line 1: Columns are missing: sourcedId")]
    [InlineData("users", "Jo,Three,,6", "Jo,Three,6", "users.csv line 6: the row has 9 fields, the header has 10")]
    [InlineData("manifest", "file.users,bulk", "file.users,some", "manifest.csv line 5: file.users must be bulk, delta or absent")]
    [InlineData("manifest", "file.users,bulk", "file.users,absent", "manifest.csv line 5: users.csv is said to be absent, and is in the set")]
    [InlineData("manifest", "file.categories,absent", "file.categories,bulk", "manifest.csv line 10: categories.csv is missing: it is said to be bulk")]
    [InlineData("manifest", "oneroster.version,1.1", "oneroster.version,1.2", "manifest.csv line 3: oneroster.version must be 1.1")]
    [InlineData("manifest", "propertyName,value", "property,value", "manifest.csv line 1: the header must be propertyName,value")]
    public async Task Wrong_set_is_refused_with_file_line_and_field(string file, string piece, string other, string detail)
    {
        var problem = await PostAsync(_set.With(file, piece, other).Zip()).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Detail.ShouldContain(detail);
        await oltp.Http.GetAsync($"v1/districts/{_set.Id("d")}", Cancel).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task File_that_the_manifest_promises_must_be_there()
    {
        var problem = await PostAsync(_set.Without("users").Form()).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Detail.ShouldContain("users.csv is missing");
    }

    [Fact]
    public async Task Rejects_of_all_files_are_listed_each_with_its_file()
    {
        _set.With("users", "Jo,Three,,6", "Jo,Three,,99").With("orgs", "school,0601", "house,0601");
        var problem = await PostAsync(_set.Zip()).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Document.GetProperty("rejects").EnumerateArray().Select(one => $"{one.GetProperty("file").GetString()} {one.GetProperty("line").GetInt64()}")
            .ShouldBe(["orgs.csv 3", "users.csv 6"]);
        problem.Number("rejected").ShouldBe(2);
        problem.Number("written").ShouldBe(0);
    }

    [Fact]
    public async Task What_is_still_referenced_is_not_removed()
    {
        await PostAsync(_set.Without("results").With("manifest", "file.results,bulk\n", "").Zip()).ShouldBeAsync(HttpStatusCode.OK);
        _set.Delta(("users", "sourcedId,status,orgSourcedIds,role,givenName,familyName,email,grades\np1~,tobedeleted,,,,,,\n"));
        var problem = await PostAsync(_set.Zip()).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Detail.ShouldContain("users.csv line 2: sourcedId is still referenced by enrollments");
        await oltp.Http.GetAsync($"v1/students/{_set.Id("p1")}", Cancel).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_no_set_is_refused()
    {
        using var text = new ByteArrayContent("not a zip file"u8.ToArray()) { Headers = { ContentType = new("application/zip") } };
        (await PostAsync(text).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).Detail.ShouldContain("the set: cannot be read");
        using var csv = new ByteArrayContent("a,b"u8.ToArray()) { Headers = { ContentType = new("text/csv") } };
        await PostAsync(csv).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);
        await PostAsync(_set.Delta(("demographics", "sourcedId\n")).Zip()).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await PostAsync(_set.Zip(), "?removeMissing=true").ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        await PostAsync(_set.Zip(), "?stateId=T%2FX").ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task File_that_unpacks_without_end_is_given_up()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = zip.CreateEntry("orgs.csv", CompressionLevel.SmallestSize).Open();
            var empty = new byte[1024 * 1024];
            empty.AsSpan().Fill((byte)'\n');
            for (var megabytes = 0; megabytes < 65; megabytes++)
            {
                await entry.WriteAsync(empty, Cancel);
            }
        }

        bytes.Length.ShouldBeLessThan(1024 * 1024);
        using var content = new ByteArrayContent(bytes.ToArray()) { Headers = { ContentType = new("application/zip") } };
        (await PostAsync(content).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge)).Detail.ShouldContain("orgs.csv");
    }

    private Task<HttpResponseMessage> PostAsync(HttpContent set, string query = "") => oltp.Http.PostAsync($"v1/imports/oneroster{query}", set, Cancel);
}
