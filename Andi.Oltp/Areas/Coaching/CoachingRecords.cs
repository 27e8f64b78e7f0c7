using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Andi.Security;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Areas.Coaching;

/// <summary>What the bodies of sessions, usage and community activity have in common: they are of a teacher, and keep where the teacher was.</summary>
public abstract record CoachingBody<TBody, TRecord> : IRecordBody<CoachingDbContext, TRecord, CoachingReferences>, IBatchBody
    where TBody : CoachingBody<TBody, TRecord>
    where TRecord : class, IHasSchoolHierarchy
{
    public string? TeacherId { get; init => field = TextRules.Id.Normalize(value); }

    internal abstract FieldList<TBody, TRecord> FieldList { get; }

    public string? GivenId() => FieldList.KeyOf((TBody)this);

    public DateOnly? HappenedOn() => FieldList.HappenedOn((TBody)this);

    public virtual void Validate(FieldErrors errors)
    {
        errors.OptionalText(FieldList.Key.Name, GivenId(), TextRules.Id);
        FieldList.Validate((TBody)this, errors);
    }

    public Task<CoachingReferences> ReadReferencedAsync(CoachingDbContext db, CancellationToken cancellationToken) =>
        CoachingReferences.ReadAsync(db, FieldList, TeacherId, GivenId(), cancellationToken);

    public void AddUnknown(FieldErrors errors, CoachingReferences now) => now.AddUnknownTeacher(errors, TeacherId);

    public TRecord Create(string id, CoachingReferences now) => FieldList.Create(id, (TBody)this).TakePlace(now);

    public bool RefersToOthers(TRecord record) => record.TeacherId != TeacherId;

    public void TakeOver(TRecord record, CoachingReferences now) => record.TakePlace(now);

    public void Apply(TRecord record) => FieldList.Apply((TBody)this, record);

    public void Stage(CopyRow copy, long line, string newId) => FieldList.Stage((TBody)this, line, GivenId(), newId, copy);
}

/// <summary>What a record of this area takes over as of now: where its teacher is.</summary>
public sealed record CoachingReferences(string? SchoolId, string? DistrictId, string? StateId, bool IsRecorded) : ITeacherPlace
{
    internal static Task<CoachingReferences> ReadAsync(
        CoachingDbContext db, IFieldList fields, string? teacherId, string? id, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<CoachingReferences>(Query(fields), teacherId!, id!).SingleAsync(cancellationToken);

    private static string Query(IFieldList fields) => $$"""
        SELECT place.school_id, place.district_id, place.state_id,
               EXISTS (SELECT FROM {{fields.Table}} WHERE {{fields.Key.Column}} = {1}) AS is_recorded
        FROM (SELECT {0} AS teacher_id) AS given
        LEFT JOIN teacher_places AS place USING (teacher_id)
        """;
}

/// <summary>The calls on what is recorded of teachers: one at a time, and in batches.</summary>
internal static class CoachingRecords
{
    /// <summary>Maps <c>POST /v1/{path}</c>, <c>POST /v1/{path}/batch</c>, <c>PUT</c>, <c>GET</c> and <c>DELETE /v1/{path}/{id}</c>, and the list.</summary>
    /// <param name="v1">The group <c>/v1</c>.</param>
    /// <param name="path">For example <c>ciq-sessions</c>.</param>
    /// <param name="thing">A single record in messages: <c>CIQ session</c>.</param>
    public static void MapRecords<TBody, TRecord>(this IEndpointRouteBuilder v1, FieldList<TBody, TRecord> fields, string path, string thing)
        where TRecord : class, IHasSchoolHierarchy
        where TBody : CoachingBody<TBody, TRecord>
    {
        var calls = new RecordCalls<CoachingDbContext, TRecord, TBody, CoachingReferences>(path, thing, fields.Key.Name);
        var group = v1.MapGroup("").WithTags(path);

        // No literals: the framework's analyzer of routes crashes where the path is one and a handler's parameter is of a type parameter (until .NET 11).
        var (all, one) = ($"/{path}", $"/{path}/{{id}}");
        group.MapPost(all, (TBody body, HttpContext http, WriteTransaction<CoachingDbContext> write, IdSource ids, CancellationToken cancellationToken) =>
                calls.PostAsync(body, http.Response, write, ids, cancellationToken))
            .WithName($"post-{path}")
            .Needs(Actions.Write, fields.Table)
            .WithSummary($"Record a {thing}.")
            .WithDescription(
                $"School, district and state are filled in from the teacher as of now. With a {fields.Key.Name} of the caller's, a repeated request " +
                "is answered 200 and changes nothing.");
        group.MapPut(one, (string id, TBody body, HttpContext http, WriteTransaction<CoachingDbContext> write, CancellationToken cancellationToken) =>
                calls.PutAsync(id, body, http, write, cancellationToken))
            .WithName($"put-{path}")
            .Needs(Actions.Write, fields.Table)
            .WithSummary($"Correct a {thing}.")
            .WithDescription("Replaces it whole. School, district and state stay as recorded, unless the correction names another teacher.");
        group.MapGet(one, (string id, HttpContext http, CoachingDbContext db, CancellationToken cancellationToken) =>
                calls.GetAsync(id, http, db, cancellationToken))
            .WithName($"get-{path}")
            .Needs(Actions.Read, fields.Table)
            .WithSummary($"Read a {thing}.");
        group.MapDelete(one, (string id, HttpContext http, WriteTransaction<CoachingDbContext> write, CancellationToken cancellationToken) =>
                calls.DeleteAsync(id, http, write, cancellationToken))
            .WithName($"delete-{path}")
            .Needs(Actions.Write, fields.Table)
            .WithSummary($"Remove a {thing}.");
        group.MapRecordBatch(fields, path);
        v1.MapList<CoachingDbContext, TBody, TRecord>(fields, path);
    }

    private static void MapRecordBatch<TBody, TRecord>(this IEndpointRouteBuilder group, FieldList<TBody, TRecord> fields, string path)
        where TRecord : class, IHasSchoolHierarchy
        where TBody : CoachingBody<TBody, TRecord>
    {
        var target = new BatchTarget(fields.Table, path, RecordImport.StagedIdsSql(fields));
        group.MapPost($"/{path}/batch", async (List<TBody?> batch, string? mode, HttpContext http, BatchWrite write, CancellationToken cancellationToken) =>
                TypedResults.Created((string?)null, await write.RunAsync(target, batch, mode, http.Response, cancellationToken)))
            .WithName($"post-{path}-batch")
            .Needs(Actions.Write, fields.Table)
            .WithSummary("Record up to 10,000, all or none.")
            .WithDescription(
                $"Errors are listed by index: [3].teacherId is that of the fourth. mode=upsert replaces the one of the same {fields.Key.Name}; " +
                "one that names none is always new.");
    }
}
