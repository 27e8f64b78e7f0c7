using System.Text.Json;
using Andi.Cli.Terminal;
using Andi.Oltp.Areas;
using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Cli.Erase;

/// <summary>
/// Takes people out of the warehouse once it has applied that they are gone. Landing rows stay, as evidence of each message and so that a truncation finds
/// what it takes back, but say of nobody; what is derived is a deletion by then, and goes whole. Aggregates are not touched: nothing in them is of one
/// person, and mutations run no view. Safe to run again.
/// </summary>
/// <param name="warehouse">Its client.</param>
/// <param name="persons">Whose columns.</param>
internal sealed class WarehouseErasure(ClickHouseClient warehouse, PersonTable persons)
{
    /// <summary>Who a landing row is of that was somebody's.</summary>
    public const string Nobody = "andi:erased";

    // In memory, and read by the mutations: ids in their text would stay in system.mutations and in the tables' folders.
    private const string Ids = "ops.erasing";

    private static readonly TimeSpan Limit = TimeSpan.FromHours(6);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(500);
    private static readonly Dictionary<string, string> Synchronous = new() { ["mutations_sync"] = "2", ["allow_nondeterministic_mutations"] = "1" };

    /// <summary>Erases, in every generation and in restored history.</summary>
    /// <returns>The tables that hold ids.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyCollection<string> ids, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var tables = await TablesAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return [];
        }

        await NoteAsync(ids, cancellationToken);
        try
        {
            using var step = begin("clickhouse: erasing rows", tables.Count + 1);
            for (var i = 0; i < tables.Count; i++)
            {
                var condition = $"{Identifier.Quote(persons.Key)} IN (SELECT id FROM {Ids})";
                await ExecuteAsync(
                    tables[i].IsLanding == 1
                        ? $"ALTER TABLE {tables[i].Quoted} UPDATE {string.Join(", ", Redacted(tables[i]))} WHERE {condition}"
                        : $"ALTER TABLE {tables[i].Quoted} DELETE WHERE {condition}",
                    cancellationToken);
                step.Report(i + 1);
            }

            // Failing rows of data tests, as they were found.
            await ExecuteAsync(
                "ALTER TABLE ops.test_results UPDATE sample = [] WHERE "
                    + $"arrayExists(row -> arrayExists(id -> position(row, id) > 0, (SELECT groupArray(id) FROM {Ids})), sample)",
                cancellationToken);
            step.Report(tables.Count + 1);
        }
        finally
        {
            await ExecuteAsync($"DROP TABLE IF EXISTS {Ids} SYNC", CancellationToken.None);
        }

        return [.. tables.Select(table => table.Name), "ops.test_results"];
    }

    /// <summary>Has the files go that these tables' rows were in before, which ClickHouse else keeps for eight minutes.</summary>
    /// <returns>Whether they are gone within the time.</returns>
    public async Task<bool> RemoveFilesAsync(
        IReadOnlyList<string> tables, TimeSpan patience, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        using var step = begin("clickhouse: removing old files", null);
        foreach (var table in tables)
        {
            await ExecuteAsync($"ALTER TABLE {table} MODIFY SETTING old_parts_lifetime = 1, cleanup_delay_period = 1, max_cleanup_delay_period = 2, "
                + "cleanup_delay_period_random_add = 0", cancellationToken);
        }

        try
        {
            var since = TimeProvider.System.GetTimestamp();
            while (await InactiveAsync(tables, cancellationToken) > 0)
            {
                if (TimeProvider.System.GetElapsedTime(since) > patience)
                {
                    return false;
                }

                await Task.Delay(PollEvery, cancellationToken);
            }

            return true;
        }
        finally
        {
            foreach (var table in tables)
            {
                await ExecuteAsync($"ALTER TABLE {table} RESET SETTING old_parts_lifetime, cleanup_delay_period, max_cleanup_delay_period, "
                    + "cleanup_delay_period_random_add", CancellationToken.None);
            }
        }
    }

    /// <summary>Whether anything of an id is there.</summary>
    public async Task<bool> KnowsAsync(string id, CancellationToken cancellationToken)
    {
        foreach (var table in await TablesAsync(cancellationToken))
        {
            var statement = new ClickHouseStatement($"SELECT count() FROM {table.Quoted} WHERE {Identifier.Quote(persons.Key)} = {{id:String}}")
            {
                Name = "erase",
                Parameters = new() { { "id", id } },
                Timeout = Limit,
            };
            if (await warehouse.ScalarAsync<long>(statement, cancellationToken) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The ids that restored history names.</summary>
    public async Task<IReadOnlyList<string>> IdsOfHistoryAsync(CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>();
        foreach (var table in (await TablesAsync(cancellationToken)).Where(table => table.IsLanding == 1))
        {
            var rows = await warehouse.QueryAsync<IdRow>(
                new($"SELECT DISTINCT toString({Identifier.Quote(persons.Key)}) AS id FROM {table.Quoted} WHERE _generation = 0")
                {
                    Name = "erase",
                    Timeout = Limit,
                },
                cancellationToken);
            ids.UnionWith(rows.Select(row => row.Id));
        }

        return [.. ids];
    }

    private async Task<IReadOnlyList<PersonRows>> TablesAsync(CancellationToken cancellationToken) => await warehouse.QueryAsync<PersonRows>(
        new(EmbeddedSql.Read("Erase/Sql/person_tables.sql")) { Parameters = new() { { "key", persons.Key }, { "names", persons.Names } } }, cancellationToken);

    private Task<long> InactiveAsync(IReadOnlyList<string> tables, CancellationToken cancellationToken) => warehouse.ScalarAsync<long>(
        new(EmbeddedSql.Read("Erase/Sql/inactive_parts.sql")) { Parameters = new() { { "tables", tables } } }, cancellationToken);

    private IEnumerable<string> Redacted(PersonRows table)
    {
        yield return $"{Identifier.Quote(persons.Key)} = '{Nobody}'";
        yield return "_unmapped = ''";
        // A table of others may have a column of the same name, which says nothing of this person.
        foreach (var name in table.Table == $"{persons.Table}_changes" ? table.Names : [])
        {
            yield return $"{Identifier.Quote(name)} = '{SourceErasure.NoName}'";
        }
    }

    private async Task NoteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"DROP TABLE IF EXISTS {Ids} SYNC", cancellationToken);
        await ExecuteAsync($"CREATE TABLE {Ids} (id String) ENGINE = Memory", cancellationToken);
        using var body = new MemoryStream();
        foreach (var id in ids)
        {
            await JsonSerializer.SerializeAsync(body, new IdRow(id), JsonSerializerOptions.Web, cancellationToken);
            body.WriteByte((byte)'\n');
        }

        await warehouse.InsertAsync(new ClickHouseInsert("ops", "erasing", "JSONEachRow"), body.ToArray(), cancellationToken);
    }

    private Task<ClickHouseSummary> ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        warehouse.ExecuteAsync(new(sql) { Name = "erase", Timeout = Limit, Settings = Synchronous }, cancellationToken);
}

/// <summary>A table of the warehouse with rows of a person.</summary>
/// <param name="Database">Its database.</param>
/// <param name="Table">Its name there.</param>
/// <param name="IsLanding">1 where it holds changes as they came.</param>
/// <param name="Names">Columns that are called as those with the person's names.</param>
internal sealed record PersonRows(string Database, string Table, byte IsLanding, IReadOnlyList<string> Names)
{
    public string Name => $"{Database}.{Table}";

    public string Quoted => $"{Identifier.Quote(Database)}.{Identifier.Quote(Table)}";
}

internal sealed record IdRow(string Id);
