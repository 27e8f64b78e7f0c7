using System.Text.Json;
using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Andi.Warehouse.Ingest;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Andi.IntegrationTests.Warehouse.Queries;

/// <summary>
/// The law of the names: whatever was renamed, moved, deleted and made again, and whatever of it was sent twice, what is found is what was written last.
/// </summary>
[Collection(WarehouseCollection.Name)]
public sealed class NameLawTests(ClickHouseFixture clickHouse)
{
    private const int Ids = 8;
    private const uint Most = 1_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_answer_is_what_was_written_last(int seed)
    {
        await new WarehouseMigrator(clickHouse.Client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance)
            .MigrateAsync(cancellationToken: Cancel);
        var writer = new LandingWriter(clickHouse.Client, await ExactlyOnceSettings.DiscoverAsync(clickHouse.Client, Cancel), (uint)(500 + seed));
        using var asked = new AskedQueries();
        var random = new Random(seed);
        foreach (var table in NamedTable.All)
        {
            var rows = await ChangeAsync(table, writer, random);
            await ShouldBeFoundAsync(table, rows, writer.Generation);
            await clickHouse.Client.ExecuteAsync(new($"OPTIMIZE TABLE dims.{table.Table} FINAL"), Cancel);
            await ShouldBeFoundAsync(table, rows, writer.Generation);
        }

        await EnrollmentLaw.ShouldHoldAsync(clickHouse.Client, writer, random, Cancel);
        var sought = new LandingWriter(clickHouse.Client, await ExactlyOnceSettings.DiscoverAsync(clickHouse.Client, Cancel), (uint)(550 + seed));
        await new SearchLaw(clickHouse.Client, sought, random, Cancel).ShouldHoldAsync();
        asked.ShouldBeAllOfNames();
    }

    [Fact]
    public void Every_area_with_named_queries_has_a_law() =>
        WarehouseQuery.All().Select(query => query.Area).Distinct()
            .ShouldBe(["assessments", "coaching", "schools"], "write a law that asks every query of the new area, and ends with ShouldBeAllOf");

    private static async Task<Dictionary<string, Row>> ChangeAsync(NamedTable table, LandingWriter writer, Random random)
    {
        var rows = new Dictionary<string, Row>();
        var sent = new List<(byte[] Rows, string Token)>();
        for (var (batch, position) = (0, 1UL); batch < 4; batch++)
        {
            var changes = new List<Change<Row>>();
            for (var n = random.Next(1, 20); n > 0; n--, position++)
            {
                var id = $"N{random.Next(Ids)}";
                var before = rows.GetValueOrDefault(id);
                var after = before is not null && random.Next(4) == 0 ? null : Make(table, id, random);
                rows.Remove(id);
                if (after is not null)
                {
                    rows[id] = after;
                }

                changes.Add(new Change<Row>(before, after, (UInt128)position << 32));
            }

            sent.Add((writer.Rows(changes, row => new Row(row)), $"names/{writer.Generation}/{table.Table}/{batch}"));
            foreach (var (content, token) in new[] { sent[^1], sent[random.Next(sent.Count)] })
            {
                await writer.InsertAsync($"{table.Table}_changes", content, token, Cancel);
            }
        }

        return rows;
    }

    private static Row Make(NamedTable table, string id, Random random)
    {
        var row = new Row { [table.Key] = id };
        foreach (var (column, _) in table.Columns)
        {
            row[column] = $"{column} {random.Next(3)} 'ü\\";
        }

        if (table.Table == "teachers")
        {
            row["email"] = null;
        }
        else if (table.Table == "tests")
        {
            row["min_score"] = 0;
            row["max_score"] = 100;
            row["decimals"] = 2;
            row["bands"] = row["levels"] = "[]";
        }

        return row;
    }

    private async Task ShouldBeFoundAsync(NamedTable table, Dictionary<string, Row> rows, uint generation)
    {
        foreach (var id in Enumerable.Range(0, Ids + 1).Select(n => $"N{n}"))
        {
            ShouldBe(await AskAsync(table.Area, table.One, new() { { "id", id } }), rows.TryGetValue(id, out var row) ? [row] : []);
        }

        if (table.Every is not null)
        {
            ShouldBe(await AskAsync(table.Area, table.Every, new() { { "most", Most } }), rows.Values);
            (await AskAsync(table.Area, table.Every, new() { { "most", 1u } })).Count.ShouldBe(Math.Min(1, rows.Count));
        }

        if (table.List is var (query, idName, filter, column))
        {
            // Page by page, of all and of each value of the filter.
            foreach (var value in column is null ? [null] : rows.Values.Select(row => (string?)row[column]).Append("elsewhere").Append(null).Distinct())
            {
                var pages = new List<Dictionary<string, string?>>();
                for (var (name, id) = ("", ""); pages.Count <= rows.Count; (name, id) = (pages[^1]["name"]!, pages[^1][idName]!))
                {
                    var parameters = new ClickHouseParameters
                    {
                        { "after_name", name }, { "after_id", id }, { "page_size", 3u },
                        { "only", (string?)null }, { "within_district", "" }, { "within_state", "" },
                    };
                    if (filter is not null)
                    {
                        parameters.Add(filter, value);
                    }

                    var page = await AskAsync(table.Area, query, parameters);
                    pages.AddRange(page);
                    if (page.Count == 0)
                    {
                        break;
                    }
                }

                pages.Select(row => (row["name"], row[idName])).ShouldBe(
                    rows.Values.Where(row => value is null || (string?)row[column!] == value)
                        .Select(row => ((string?)row["name"], (string?)row[table.Key])).OrderBy(row => row, Bytes));
            }
        }

        if (table.Table == "districts")
        {
            var states = await AskAsync("schools", "state_list", new() { { "after_id", "" }, { "page_size", Most }, { "only", (string?)null } });
            states.Select(row => row["stateId"]).ShouldBe(
                rows.Values.Select(row => (string?)row["state_id"]).Distinct().Order(StringComparer.Ordinal));
            foreach (var state in rows.Values.Select(row => (string)row["state_id"]!).Append("elsewhere").Distinct())
            {
                (await AskAsync("schools", "state", new() { { "id", state } })).Select(row => row["id"]).ShouldBe(state == "elsewhere" ? [] : [state]);
            }
        }

        if (table.Table == "classes")
        {
            foreach (var (school, year) in rows.Values.Select(row => ((string)row["school_id"]!, (string?)row["school_year"])).Append(("elsewhere", null)))
            {
                foreach (var asked in new[] { year, null })
                {
                    ShouldBe(
                        await AskAsync("schools", "school_classes", new() { { "school", school }, { "year", asked } }),
                        rows.Values.Where(row => (string)row["school_id"]! == school && (asked is null || (string)row["school_year"]! == asked)));
                }
            }
        }

        if (table.Table == "students")
        {
            string[] ids = ["N0", "N3", "N5", $"N{Ids}"];
            (await AskAsync("schools", "student_names", new() { { "ids", ids } })).Select(row => (row["id"], row["name"])).ShouldBe(
                rows.Values.Where(row => ids.Contains(row["student_id"])).Select(row => ((string?)row["student_id"], (string?)row["name"])),
                ignoreOrder: true);
        }

        // What else an answer has is not text: the scale of a test.
        void ShouldBe(IReadOnlyList<Dictionary<string, string?>> found, IEnumerable<Row> expected) => found.Select(Text).ShouldBe(
            expected.Select(row => Text(table.Columns.Append((table.Key, "id")).ToDictionary(column => column.Item2, column => (string?)row[column.Item1]))),
            ignoreOrder: true);

        Task<IReadOnlyList<Dictionary<string, string?>>> AskAsync(string area, string query, ClickHouseParameters parameters)
        {
            parameters.Add("generation", generation);
            var answer = clickHouse.Client.QueryAsync<Dictionary<string, JsonElement>>(WarehouseQuery.Of(area, query).With(parameters), Cancel);
            return TextsAsync(answer);
        }
    }

    private static readonly Comparer<(string? Name, string? Id)> Bytes = Comparer<(string? Name, string? Id)>.Create((x, y) =>
        string.CompareOrdinal(x.Name, y.Name) is not 0 and var byName ? byName : string.CompareOrdinal(x.Id, y.Id));

    private static async Task<IReadOnlyList<Dictionary<string, string?>>> TextsAsync(Task<IReadOnlyList<Dictionary<string, JsonElement>>> answer) =>
    [
        .. (await answer).Select(row => row.Where(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null)
            .ToDictionary(member => member.Key, member => member.Value.GetString())),
    ];

    private static string Text(Dictionary<string, string?> row) =>
        string.Join(", ", row.OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"{column.Key}={column.Value}"));
}
