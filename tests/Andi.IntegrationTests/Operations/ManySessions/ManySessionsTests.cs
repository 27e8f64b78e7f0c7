using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Andi.IntegrationTests.Oltp;
using Andi.Security;
using Andi.Testing;
using Andi.Topology;
using Andi.Warehouse.Client;

namespace Andi.IntegrationTests.Operations.ManySessions;

/// <summary>
/// CIQ sessions through the whole pipeline, imported, three in a hundred of them corrected by another import: every aggregate against PostgreSQL's own
/// count.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class ManySessionsTests(EnginesFixture engines)
{
    /// <summary>How many; 20,000 where it is not set. docs/coaching-aggregates.md has the run of a million.</summary>
    private const string Variable = "ANDI_CIQ_SESSIONS";

    private const int RowsOfImport = 50_000;
    private static readonly int Sessions = int.Parse(
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : "20000", CultureInfo.InvariantCulture);
    private readonly SessionFiles _files = new(DateTime.UtcNow.Date);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Long")]
    public async Task Aggregates_of_sessions_of_which_three_in_a_hundred_were_corrected_equal_PostgreSQLs()
    {
        await using var andi = new AndiUnderTest(engines) { MaxBatchRows = 100_000 };
        await andi.InitializeAsync();
        await andi.ExecuteAsync($"""
            INSERT INTO districts SELECT 'D' || i, 'District ' || i, 'ST' || (i % 3) FROM generate_series(0, 9) AS i;
            INSERT INTO schools SELECT 'S' || i, 'School ' || i, 'D' || (i % 10) FROM generate_series(0, 99) AS i;
            INSERT INTO teachers SELECT 'T' || i, 'Teacher ' || i, 'S' || (i % 100) FROM generate_series(0, {SessionFiles.Teachers - 1}) AS i;
            """);
        await ImportAsync(andi);
        await andi.WaitUntilAppliedAsync(TimeSpan.FromMinutes(10));
        (await andi.SourceAsync<long>("SELECT count(*) FROM ciq_sessions")).ShouldBe(Sessions);

        var check = await andi.RunAsync("check", "--json");
        check.Code.ShouldBe(0, check.Output + check.Error);
        JsonDocument.Parse(check.Output).RootElement.GetProperty("findings").EnumerateArray()
            .Single(finding => finding.GetProperty("subject").GetString() == "facts.ciq_sessions").GetProperty("compared").GetInt64().ShouldBe(Sessions);
        foreach (var aggregate in SessionAggregate.All)
        {
            var groups = await CompareAsync(andi, aggregate);
            groups.ShouldBeGreaterThan(0);
            Log($"{aggregate.Table}: {groups:N0} groups equal");
        }
    }

    // The corrections of an import follow it at once: while it flows on, what they correct may still be on its way.
    private async Task ImportAsync(AndiUnderTest andi)
    {
        var keyFile = Path.Combine(TestState.Empty("many-sessions"), "signing.key");
        var token = BearerToken.Create(SigningKey.ReadOrCreate(keyFile), Roles.Service, null, TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));
        await using var server = await OltpProcess.StartAsync(
            new Dictionary<string, string?>
            {
                [$"ConnectionStrings:{ConnectionNames.Oltp}"] = andi.ConnectionOf(ConnectionNames.Oltp),
                [$"ConnectionStrings:{ConnectionNames.Kafka}"] = andi.ConnectionOf(ConnectionNames.Kafka),
                [SettingNames.SigningKeyFile] = keyFile,
                ["ChangeCapture:Enabled"] = "false",
            },
            Cancellation);
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var corrected = 0L;
        for (var from = 0; from < Sessions; from += RowsOfImport)
        {
            var count = Math.Min(RowsOfImport, Sessions - from);
            (await WrittenAsync("insert", SessionFiles.All(from, count).Select(_files.Row))).ShouldBe(count);
            corrected += await WrittenAsync("upsert", SessionFiles.Corrected(from, count).Select(_files.CorrectedRow));
        }

        corrected.ShouldBe(SessionFiles.Corrected(0, Sessions).LongCount());
        Log($"{Sessions:N0} sessions, {corrected:N0} corrected");

        async Task<long> WrittenAsync(string mode, IEnumerable<string> rows)
        {
            using var content = new CsvContent(SessionFiles.Header, rows);
            var answer = await server.Http.PostAsync($"v1/imports/ciq_sessions?mode={mode}", content, Cancellation).ShouldBeAsync(HttpStatusCode.OK);
            return answer.GetProperty("written").GetInt64();
        }
    }

    /// <summary>How many groups both stores have, the same.</summary>
    private static async Task<long> CompareAsync(AndiUnderTest andi, SessionAggregate aggregate)
    {
        await using var command = andi.Oltp.CreateCommand(aggregate.SourceSql);
        command.CommandTimeout = (int)TimeSpan.FromMinutes(5).TotalSeconds;
        await using var should = await command.ExecuteReaderAsync(Cancellation);
        var groups = 0L;
        var statement = new ClickHouseStatement(aggregate.WarehouseSql) { Timeout = TimeSpan.FromMinutes(5) };
        await foreach (var stands in andi.Warehouse.StreamAsync<Group>(statement, Cancellation))
        {
            var wanted = await should.ReadAsync(Cancellation) ? should.GetString(0) : null;
            if (stands.Text != wanted)
            {
                throw new ShouldAssertException(
                    $"{aggregate.Table}: after {groups} equal groups the warehouse has\n{stands.Text}\nPostgreSQL has\n{wanted ?? "no more"}");
            }

            groups++;
        }

        (await should.ReadAsync(Cancellation)).ShouldBeFalse($"{aggregate.Table}: the warehouse has but {groups} groups");
        return groups;
    }

    private static void Log(FormattableString line) => TestContext.Current.TestOutputHelper?.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

/// <summary>A group of an aggregate, with all its sums.</summary>
internal sealed record Group(string Text);
