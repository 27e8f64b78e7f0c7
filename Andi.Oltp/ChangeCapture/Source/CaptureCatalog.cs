using Andi.ChangeEvents;
using Andi.Sql;
using Npgsql;

namespace Andi.Oltp.ChangeCapture.Source;

/// <summary>What PostgreSQL's catalog says of the publication: its tables, and for each table its columns and primary key.</summary>
internal sealed class CaptureCatalog(NpgsqlDataSource database, string publication)
{
    private static readonly string PublicationSql = EmbeddedSql.Read("ChangeCapture/Sql/publication.sql");
    private static readonly string TableColumnsSql = EmbeddedSql.Read("ChangeCapture/Sql/table_columns.sql");
    private static readonly string MissingTableSql = EmbeddedSql.Read("ChangeCapture/Sql/missing_table.sql");
    private static readonly string PrimaryKeySql = EmbeddedSql.Read("ChangeCapture/Sql/primary_key.sql");

    /// <summary>The publication's tables, in the order of their names.</summary>
    public async Task<IReadOnlyList<PublishedTable>> ReadPublicationAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PublicationSql);
        command.Parameters.AddWithValue(publication);
        return await command.ReadAllAsync(
            row => new PublishedTable(
                row.GetString(0),
                row.GetString(1),
                row.GetFieldValue<uint>(2),
                new CaptureDefinition(row.GetString(3), row.GetString(4), row.GetString(5)),
                row.IsDBNull(6)
                    ? null
                    : CaptureFlaw.Of(row.GetString(6), $"{row.GetString(0)}.{row.GetString(1)}", publication, row.IsDBNull(7) ? null : row.GetString(7))),
            cancellationToken);
    }

    /// <summary>What is wrong with a captured table that the publication does not have; null where there is no such table any more.</summary>
    public async Task<CaptureFlaw?> FindMissingAsync(string schema, string name, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(MissingTableSql);
        command.Parameters.AddInOrder(schema, name, publication);
        return await command.ExecuteScalarAsync(cancellationToken) is string code ? CaptureFlaw.Of(code, $"{schema}.{name}", publication) : null;
    }

    /// <summary>A table's shape as it is now, for the snapshot.</summary>
    public async Task<RelationShape> ReadTableAsync(CaptureState capture, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(TableColumnsSql, connection);
        command.Parameters.AddWithValue(capture.Schema);
        command.Parameters.AddWithValue(capture.Name);
        var columns = await command.ReadAllAsync(row => (Name: row.GetString(0), TypeOid: row.GetFieldValue<uint>(1)), cancellationToken);
        return await DescribeAsync(capture, columns, cancellationToken);
    }

    /// <summary>A table's shape with the columns that the WAL says it had; only the key is looked up.</summary>
    public async Task<RelationShape> DescribeAsync(
        CaptureState capture, IReadOnlyList<(string Name, uint TypeOid)> columns, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PrimaryKeySql);
        command.Parameters.AddWithValue(capture.Schema);
        command.Parameters.AddWithValue(capture.Name);
        var key = (await command.ReadAllAsync(row => row.GetString(0), cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return new RelationShape(
            capture,
            [.. columns.Select(c => new RelationColumn(c.Name, JsonForms.OfType(c.TypeOid), key.Contains(c.Name)))]);
    }
}

/// <summary>A table of the publication, as it is now.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Membership">See <see cref="CaptureState.Membership"/>.</param>
/// <param name="Definition">As the catalog has it.</param>
/// <param name="Flaw">Why it cannot be captured; null where it can.</param>
internal sealed record PublishedTable(string Schema, string Name, uint Membership, CaptureDefinition Definition, CaptureFlaw? Flaw);
