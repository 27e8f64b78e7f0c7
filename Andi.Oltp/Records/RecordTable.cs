using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Records;

/// <summary>Maps records to their tables. Columns are called as the properties, in snake case.</summary>
internal static class RecordTable
{
    /// <summary>Maps a record: its table, its key, and the CHECK constraints and column types that follow from its fields.</summary>
    public static EntityTypeBuilder<TRecord> MapRecord<TBody, TRecord>(this ModelBuilder model, FieldList<TBody, TRecord> fields)
        where TBody : class
        where TRecord : class
    {
        var record = model.Entity<TRecord>();
        record.ToTable(fields.Table, table =>
        {
            foreach (var field in fields.Shapes.Prepend(fields.Key).Where(field => field.Check is not null))
            {
                table.HasCheckConstraint($"ck_{fields.Table}_{field.Column}", field.Check);
            }
        });
        record.HasKey(PropertyOf(fields.Key));
        foreach (var field in fields.Shapes.Where(field => field.ColumnType is not null))
        {
            record.Property(PropertyOf(field)).HasColumnType(field.ColumnType);
        }

        return record;
    }

    /// <summary>
    /// Maps the rows of a list that belongs to a record: a table with the record's key in it, whose rows come and go with the record.
    /// </summary>
    /// <param name="parts">The property of the record.</param>
    /// <param name="fields">Of a part. Its key is that of the record.</param>
    /// <param name="key">The properties that tell the parts of one record apart.</param>
    public static void MapParts<TRecord, TPart>(
        this EntityTypeBuilder<TRecord> record,
        Expression<Func<TRecord, IEnumerable<TPart>?>> parts,
        IFieldList fields,
        string[] key,
        Action<OwnedNavigationBuilder<TRecord, TPart>> configure)
        where TRecord : class
        where TPart : class => record.OwnsMany(parts, part =>
        {
            var ownerKey = PropertyOf(fields.Key);
            part.ToTable(fields.Table, table =>
            {
                foreach (var field in fields.Shapes.Where(field => field.Check is not null))
                {
                    table.HasCheckConstraint($"ck_{fields.Table}_{field.Column}", field.Check);
                }
            });
            part.WithOwner().HasForeignKey(ownerKey).HasConstraintName($"fk_{fields.Table}_{fields.Key.Column}");
            part.HasKey([ownerKey, .. key]);
            foreach (var field in fields.Shapes)
            {
                part.Property(PropertyOf(field)).HasColumnName(field.Column);
            }

            configure(part);
        });

    /// <summary>Maps a record of another area, which has the table and migrates it, so that this area's records can refer to it.</summary>
    public static void MapForeignRecord<TBody, TRecord>(this ModelBuilder model, FieldList<TBody, TRecord> fields)
        where TBody : class
        where TRecord : class
    {
        var record = model.Entity<TRecord>();
        record.ToTable(fields.Table, table => table.ExcludeFromMigrations());
        record.HasKey(PropertyOf(fields.Key));
    }

    /// <summary>
    /// A foreign key from <paramref name="property"/> to the key of <typeparamref name="TOther"/>, which keeps the other row from being deleted.
    /// </summary>
    public static EntityTypeBuilder<TRecord> HasReference<TRecord, TOther>(this EntityTypeBuilder<TRecord> record, string property)
        where TRecord : class
        where TOther : class
    {
        record.HasOne<TOther>().WithMany().HasForeignKey(property).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName($"fk_{record.Metadata.GetTableName()}_{FieldShape.ColumnOf(property)}");
        return record;
    }

    /// <summary>
    /// An index that gives the rows of one value of <paramref name="property"/> in the order of their keys, as lists need them that are narrowed by it. It
    /// stands in for the index of a foreign key on that property.
    /// </summary>
    public static EntityTypeBuilder<TRecord> HasListIndex<TRecord>(this EntityTypeBuilder<TRecord> record, string property)
        where TRecord : class
    {
        record.HasIndex(property, record.Metadata.FindPrimaryKey()!.Properties.Single().Name);
        return record;
    }

    private static string PropertyOf(FieldShape field) => char.ToUpperInvariant(field.Name[0]) + field.Name[1..];
}
