using Andi.Oltp.Records;
using Andi.Oltp.Validation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Areas.Schools;

/// <summary>A period in which a student is in a class. A student who comes back has another one; the periods of one student do not overlap.</summary>
public sealed class Enrollment
{
    public required string StudentId { get; set; }

    /// <summary>The first day.</summary>
    public required DateOnly From { get; set; }

    /// <summary>The first day on which the student is no longer in the class; null where no end is known.</summary>
    public DateOnly? To { get; set; }
}

/// <summary>An enrollment as it is written in its class.</summary>
public sealed record EnrollmentBody
{
    internal static readonly FieldList<EnrollmentBody, Enrollment> Fields =
        new FieldList<EnrollmentBody, Enrollment>("enrollments", "classId", _ => null, (_, _) => { })
            .Reference("studentId", body => body.StudentId, (enrollment, id) => enrollment.StudentId = id, "students")
            .RowsOf("studentId", enrollment => [enrollment.StudentId])
            .Date("from", body => body.From, (enrollment, date) => enrollment.From = date, DateRule.Recorded, "from_date")
            .OptionalDate("to", body => body.To, (enrollment, date) => enrollment.To = date, DateRule.Recorded, "to_date");

    public string? StudentId { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The first day on which the student is no longer in the class, not before <c>from</c>; left out or null: no end is known.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Adds what is wrong with the enrollments of one class.</summary>
    internal static void Validate(IReadOnlyList<EnrollmentBody?> enrollments, FieldErrors errors)
    {
        var prefix = errors.Prefix;
        for (var index = 0; index < enrollments.Count; index++)
        {
            if (enrollments[index] is not { } one)
            {
                errors.Add($"enrollments[{index}]", FieldErrors.Required);
                continue;
            }

            errors.Prefix = $"{prefix}enrollments[{index}].";
            Fields.Validate(one, errors);
            if (one.To < one.From)
            {
                errors.Add("to", "must not be before from");
            }

            errors.Prefix = prefix;
        }

        AddOverlaps(enrollments, errors);
    }

    internal static void Configure(OwnedNavigationBuilder<Class, Enrollment> enrollments)
    {
        enrollments.HasOne<Student>().WithMany().HasForeignKey(one => one.StudentId).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName("fk_enrollments_student_id");
        enrollments.ToTable(table => table.HasCheckConstraint("ck_enrollments_to_date_not_before_from_date", "to_date >= from_date"));
    }

    private static void AddOverlaps(IReadOnlyList<EnrollmentBody?> enrollments, FieldErrors errors)
    {
        var students = enrollments.Select((one, index) => (one?.StudentId, one?.From, To: one?.To ?? DateOnly.MaxValue, Index: index))
            .Where(one => one is { StudentId: not null, From: not null }).GroupBy(one => TextRules.Id.Normalize(one.StudentId), StringComparer.Ordinal);
        foreach (var student in students)
        {
            var inOrder = student.OrderBy(one => one.From).ThenBy(one => one.To).ToList();
            foreach (var (one, next) in inOrder.Zip(inOrder.Skip(1)))
            {
                if (next.From == one.From || next.From < one.To)
                {
                    errors.Add($"enrollments[{next.Index}].from", $"is in the period of enrollments[{one.Index}], of the same student");
                }
            }
        }
    }
}
