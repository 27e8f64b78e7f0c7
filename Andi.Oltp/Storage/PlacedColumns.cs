using Andi.Oltp.Requests.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Storage;

internal static class PlacedColumns
{
    /// <summary>Maps the teacher and the place of an <see cref="IPlaced"/>. Deleting a teacher looks for what was recorded of it, so there is an index on it.</summary>
    public static void HasPlace<T>(this EntityTypeBuilder<T> builder, string table)
        where T : class, IPlaced
    {
        builder.Property<string>(nameof(IPlaced.TeacherId)).HasColumnName("teacher_id");
        builder.Property<string>(nameof(IPlaced.SchoolId)).HasColumnName("school_id");
        builder.Property<string>(nameof(IPlaced.DistrictId)).HasColumnName("district_id");
        builder.Property<string>(nameof(IPlaced.StateId)).HasColumnName("state_id");
        builder.HasIndex(nameof(IPlaced.TeacherId)).HasDatabaseName($"ix_{table}_teacher_id");
    }
}
