using System.ComponentModel.DataAnnotations;
using Andi.Oltp.Imports.Batches;
using Andi.Oltp.Imports.Copy;
using Andi.Oltp.Requests;
using Andi.Oltp.Requests.Records;

namespace Andi.Oltp.Coaching;

/// <summary>What the bodies of sessions, usage and community activity have in common: they are of a teacher, and keep where the teacher was.</summary>
public abstract record CoachingBody<TRecord> : IRecordBody<CoachingDbContext, TRecord, TeacherSurroundings>, IBatchBody
    where TRecord : class, IPlaced
{
    [Required]
    public string? TeacherId { get; init; }

    /// <summary>Made by <see cref="TeacherSurroundings.Query"/>.</summary>
    protected abstract string SurroundingsQuery { get; }

    /// <summary>How many columns <see cref="StageContent"/> writes.</summary>
    protected abstract int ContentColumns { get; }

    public abstract string? GivenId();

    public abstract TRecord Create(string id, TeacherSurroundings now);

    public abstract void Apply(TRecord record);

    public void Validate(FieldErrors errors)
    {
        errors.Text("teacherId", TeacherId, TextRules.Id);
        ValidateContent(errors);
    }

    public Task<TeacherSurroundings> ReadSurroundingsAsync(CoachingDbContext db, CancellationToken cancellationToken) =>
        TeacherSurroundings.ReadAsync(db, SurroundingsQuery, TeacherId, GivenId(), cancellationToken);

    public void AddUnknown(FieldErrors errors, TeacherSurroundings now) => now.AddUnknownTeacher(errors, TeacherId);

    public bool IsOfOthers(TRecord record) => record.TeacherId != TeacherId;

    public void TakeOver(TRecord record, TeacherSurroundings now) => record.TakePlace(now);

    /// <summary>As <see cref="Imports.Staging.PlacedTable"/> orders the columns.</summary>
    public void Stage(CopyRow copy, long line, string newId)
    {
        const int LineIdsAndTeacher = 4;
        copy.BeginRow(LineIdsAndTeacher + ContentColumns);
        copy.BigInt(line);
        copy.OptionalText(GivenId());
        copy.Text(newId);
        copy.Text(TeacherId!);
        StageContent(copy);
    }

    /// <summary>Adds what is wrong with the fields other than the teacher.</summary>
    protected abstract void ValidateContent(FieldErrors errors);

    /// <summary>Writes these fields in the order of the import's columns.</summary>
    protected abstract void StageContent(CopyRow copy);
}
