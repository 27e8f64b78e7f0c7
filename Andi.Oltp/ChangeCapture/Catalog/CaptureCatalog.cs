using System.Text.Json;
using Andi.Kafka;
using Andi.Oltp.ChangeCapture.Events;
using Andi.Sql;
using Npgsql;

namespace Andi.Oltp.ChangeCapture.Catalog;

/// <summary>What PostgreSQL's catalog says of the publication: its tables, and for each table its columns and primary key.</summary>
internal sealed class CaptureCatalog(NpgsqlDataSource database, KafkaConnection kafka, string publication)
{
    private static readonly string PublishedTablesSql = EmbeddedSql.Read("ChangeCapture/Sql/published_tables.sql");
    private static readonly string TableColumnsSql = EmbeddedSql.Read("ChangeCapture/Sql/table_columns.sql");
    private static readonly string PrimaryKeySql = EmbeddedSql.Read("ChangeCapture/Sql/primary_key.sql");

    /// <summary>The publication's tables, in the order of their names. Throws, naming it, where a table has no full replica identity or no primary key.</summary>
    public async Task<IReadOnlyList<(string Schema, string Name)>> ReadTablesAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PublishedTablesSql);
        command.Parameters.AddWithValue(publication);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<(string, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var (schema, name) = (reader.GetString(0), reader.GetString(1));
            if (!reader.GetBoolean(2) || !reader.GetBoolean(3))
            {
                throw new InvalidOperationException(
                    $"Table {schema}.{name} of publication {publication} needs a primary key and REPLICA IDENTITY FULL to be captured.");
            }

            tables.Add((schema, name));
        }

        return tables;
    }

    /// <summary>A table's shape as it is now, for the snapshot.</summary>
    public async Task<CapturedTable> ReadTableAsync(string schema, string name, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(TableColumnsSql, connection);
        command.Parameters.AddWithValue(schema);
        command.Parameters.AddWithValue(name);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new List<(string Name, uint TypeOid)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add((reader.GetString(0), reader.GetFieldValue<uint>(1)));
        }

        await reader.CloseAsync();
        return await DescribeAsync(schema, name, columns, cancellationToken);
    }

    /// <summary>A table's shape with the columns that the WAL says it had; only the key is looked up.</summary>
    public async Task<CapturedTable> DescribeAsync(
        string schema, string name, IReadOnlyList<(string Name, uint TypeOid)> columns, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PrimaryKeySql);
        command.Parameters.AddWithValue(schema);
        command.Parameters.AddWithValue(name);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var key = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            key.Add(reader.GetString(0));
        }

        return new CapturedTable(
            schema,
            name,
            kafka.TopicOf(1, schema, name),
            [.. columns.Select(c => new CapturedColumn(c.Name, JsonEncodedText.Encode(c.Name), JsonForms.OfType(c.TypeOid), key.Contains(c.Name)))]);
    }
}
