using System.Diagnostics;
using System.Net;
using Andi.ChangeEvents;
using Andi.IntegrationTests.Oltp.OneRoster;
using Andi.Security;
using Andi.Sql;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Andi.IntegrationTests.Oltp.Audit;

/// <summary>Each write has one entry in the log: who, what, and a position that covers it. What was rolled back has none.</summary>
[Collection(OltpCollection.Name)]
public sealed class AuditedWriteTests(OltpFixture oltp)
{
    private HttpClient Http => oltp.Http;

    [Fact]
    public async Task Record_of_a_person_is_created_replaced_asked_to_be_the_same_and_deleted()
    {
        var room = await Classroom.CreateAsync(Http);
        var id = OltpFixture.Unique("PU");
        var body = new { name = "Sam Secret", grade = "5", schoolId = room.School };
        using var activity = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        using (var created = await Http.PutAsync($"v1/students/{id}", body))
        {
            created.StatusCode.ShouldBe(HttpStatusCode.Created);
            var entry = (await oltp.Database.EntriesOfAsync(id)).ShouldHaveSingleItem();
            Position.TryParse(created.Headers.GetValues("Andi-Position").Single(), out var told).ShouldBeTrue();
            Position.TryParse(await oltp.Database.SealedPositionAsync(entry.Id), out var noted).ShouldBeTrue();
            noted.ShouldBeGreaterThanOrEqualTo(told);
            entry.TraceId.ShouldBe(activity.TraceId.ToHexString());
            (entry.Role, entry.Scope, entry.TokenId?.Length).ShouldBe((Roles.Admin, null, 32));
        }

        await Http.PutAsync($"v1/students/{id}", body with { grade = "6" }).ShouldBeAsync(HttpStatusCode.OK);
        await Http.PutAsync($"v1/students/{id}", body with { grade = "6" }).ShouldBeAsync(HttpStatusCode.OK);
        await Http.DeleteAsync($"v1/students/{id}", TestContext.Current.CancellationToken).ShouldBeAsync(HttpStatusCode.NoContent);
        (await EntriesAsync(id)).ShouldBe(
        [
            $"admin create students [{id}] [{id}] 1 PUT /v1/students/{{id}}",
            $"admin replace students [{id}] [{id}] 1 PUT /v1/students/{{id}}",
            $"admin replace students [{id}] [{id}] 0 PUT /v1/students/{{id}}",
            $"admin delete students [{id}] [{id}] 1 DELETE /v1/students/{{id}}",
        ]);
    }

    [Fact]
    public async Task Correction_that_makes_a_score_another_students_names_both()
    {
        var room = await Classroom.CreateAsync(Http, 2);
        var id = OltpFixture.Unique("R");
        await Http.PostAsync("v1/scores", room.Score() with { ScoreId = id }).ShouldBeAsync(HttpStatusCode.Created);
        await Http.PutAsync($"v1/scores/{id}", room.Score(1) with { ScoreId = id }).ShouldBeAsync(HttpStatusCode.OK);
        (await EntriesAsync(id)).ShouldBe(
        [
            $"admin create scores [{id}] [{room.Students[0]}] 1 POST /v1/scores",
            $"admin replace scores [{id}] [{room.Students[1]} {room.Students[0]}] 1 PUT /v1/scores/{{scoreId}}",
        ]);
    }

    [Fact]
    public async Task Students_who_leave_a_class_are_named_with_those_who_stay()
    {
        var room = await Classroom.CreateAsync(Http, 2);
        var id = OltpFixture.Unique("K");
        var body = new { name = "Maths", schoolId = room.School, teacherId = room.Teacher, schoolYear = "2025-2026" };
        object[] both = [.. room.Students.Select(student => new { studentId = student, from = "2025-09-01" })];
        await Http.PutAsync($"v1/classes/{id}", new { body.name, body.schoolId, body.teacherId, body.schoolYear, enrollments = both })
            .ShouldBeAsync(HttpStatusCode.Created);
        await Http.PutAsync($"v1/classes/{id}", new { body.name, body.schoolId, body.teacherId, body.schoolYear, enrollments = both[..1] })
            .ShouldBeAsync(HttpStatusCode.OK);
        var entries = await oltp.Database.EntriesOfAsync(id);
        entries.Select(entry => (entry.Verb, entry.Count)).ShouldBe([("create", 3), ("replace", 1)]);
        entries.ShouldAllBe(entry => entry.Subjects.Ids.Order(StringComparer.Ordinal).SequenceEqual(room.Students.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Batch_import_recomputation_and_a_set_have_one_entry_each()
    {
        var room = await Classroom.CreateAsync(Http, 2);
        string[] ids = [OltpFixture.Unique("R"), OltpFixture.Unique("R")];
        await Http.PostAsync("v1/scores/batch", new[] { room.Score() with { ScoreId = ids[0] }, room.Score(1) with { ScoreId = ids[1] } })
            .ShouldBeAsync(HttpStatusCode.Created);
        await Http.PostAsync("v1/scores:recompute-places", new { take = new[] { "grade" }, scoreIds = ids }).ShouldBeAsync(HttpStatusCode.OK);
        var entries = await oltp.Database.EntriesOfAsync(ids);
        entries.Select(entry => (entry.Verb, entry.Resource, entry.Count, entry.Endpoint)).ShouldBe(
            [("import", "scores", 2, "POST /v1/scores/batch"), ("replace", "scores", 0, "POST /v1/scores:recompute-places")]);
        entries[0].Records.Ids.ShouldBe(ids);
        entries[0].Subjects.Ids.Order(StringComparer.Ordinal).ShouldBe(room.Students.Order(StringComparer.Ordinal));

        using var caller = oltp.Client(oltp.Token(Roles.Service, null, OltpFixture.Unique("importer")));
        var csv = $"districtId,name,stateId\n{OltpFixture.Unique("D")},North,TX\n{OltpFixture.Unique("D")},South,TX\n";
        await caller.ImportAsync("districts", csv, "?mode=upsert").ShouldBeAsync(HttpStatusCode.OK);
        (await OfCallerAsync(caller)).ShouldBe(["import districts 2 mode=upsert POST /v1/imports/{entity}"]);

        using var roster = oltp.Client(oltp.Token(Roles.Service, null, OltpFixture.Unique("roster")));
        await roster.PostAsync("v1/imports/oneroster", new RosterSet().Zip(), TestContext.Current.CancellationToken).ShouldBeAsync(HttpStatusCode.OK);
        var set = (await OfCallerAsync(roster)).ShouldHaveSingleItem();
        set.ShouldStartWith("import oneroster 21 ");
        set.ShouldContain(" enrollments.csv=4 ");
        set.ShouldEndWith(" POST /v1/imports/oneroster");
    }

    [Fact]
    public async Task What_is_refused_or_only_tried_leaves_nothing()
    {
        using var caller = oltp.Client(oltp.Token(Roles.Admin, null, OltpFixture.Unique("refused")));
        var id = OltpFixture.Unique("PU");
        await caller.PutAsync($"v1/students/{id}", new { name = "Kid", grade = "5", schoolId = "nowhere" }).ShouldBeAsync(HttpStatusCode.BadRequest);
        await caller.ImportAsync("districts", $"districtId,name,stateId\n{id},North,TX\n", "?dryRun=true").ShouldBeAsync(HttpStatusCode.OK);
        await caller.ImportAsync("schools", $"schoolId,name,districtId\n{id},North,nowhere\n").ShouldBeAsync(HttpStatusCode.UnprocessableEntity);
        (await OfCallerAsync(caller)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_that_cannot_be_noted_is_not_done()
    {
        var scope = OltpFixture.Unique("denied");
        await using (var deny = oltp.Database.CreateCommand($"""
            CREATE FUNCTION audit.{scope}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.caller = 'admin:{scope}' THEN RAISE EXCEPTION 'denied' USING ERRCODE = 'insufficient_privilege'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER {scope} BEFORE INSERT ON audit.entries FOR EACH ROW EXECUTE FUNCTION audit.{scope}()
            """))
        {
            await deny.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var caller = oltp.Client(oltp.Token(Roles.Admin, null, $"admin:{scope}"));
        var id = OltpFixture.Unique("D");
        var room = await Classroom.CreateAsync(Http);
        await caller.PutAsync($"v1/districts/{id}", new { name = "North", stateId = "TX" }).ShouldBeAsync(HttpStatusCode.ServiceUnavailable);
        await caller.ImportAsync("districts", $"districtId,name,stateId\n{id},North,TX\n").ShouldBeAsync(HttpStatusCode.ServiceUnavailable);
        await caller.GetAsync($"v1/students/{room.Student}", TestContext.Current.CancellationToken).ShouldBeAsync(HttpStatusCode.ServiceUnavailable);
        await caller.GetAsync($"v1/students?schoolId={room.School}", TestContext.Current.CancellationToken).ShouldBeAsync(HttpStatusCode.ServiceUnavailable);
        await Http.GetAsync($"v1/districts/{id}", TestContext.Current.CancellationToken).ShouldBeAsync(HttpStatusCode.NotFound);
        await caller.GetAsync($"v1/schools/{room.School}", TestContext.Current.CancellationToken).ShouldBeAsync(HttpStatusCode.OK);
    }

    private async Task<List<string>> EntriesAsync(string id) => (await oltp.Database.EntriesOfAsync(id)).ConvertAll(entry => entry.Text());

    private async Task<List<string>> OfCallerAsync(HttpClient client)
    {
        var token = client.DefaultRequestHeaders.Authorization!.Parameter!;
        var sub = new JsonWebToken(token).Subject;
        await using var command = oltp.Database.CreateCommand(
            "SELECT concat_ws(' ', verb, resource, row_count, detail, endpoint) FROM audit.entries WHERE caller = $1 ORDER BY id");
        command.Parameters.AddInOrder(sub);
        return await command.ReadAllAsync(row => row.GetString(0), TestContext.Current.CancellationToken);
    }
}
