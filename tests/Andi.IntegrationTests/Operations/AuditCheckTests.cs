using System.Text.Json;
using Andi.Audit;
using Andi.IntegrationTests.Cli;
using Andi.Oltp.Audit;
using Andi.Topology;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Andi.IntegrationTests.Operations;

/// <summary>What the owner of the database does to the audit log behind its back, with its triggers disabled, shows in the check.</summary>
public sealed class AuditCheckTests(EnginesFixture engines) : IAsyncLifetime
{
    private const int Entries = 8;

    private readonly AndiUnderTest _andi = new(engines) { HasServices = false };
    private readonly string _folder = Directory.CreateTempSubdirectory("andi-audit-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _andi.InitializeAsync();
        await AddAsync(Entries);
        await SealAsync(Entries);
    }

    public async ValueTask DisposeAsync()
    {
        await _andi.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Change_gap_and_cut_off_end_are_told_by_their_numbers()
    {
        var whole = await CheckAsync();
        whole.Code.ShouldBe(0, whole.Output + whole.Error);
        var head = JsonDocument.Parse(whole.Output).RootElement.GetProperty("auditHead");
        head.GetProperty("sequence").GetInt64().ShouldBe(Entries);
        var anchor = $"{Entries}:{head.GetProperty("hash").GetString()}";
        (await CheckAsync("--audit-anchor", anchor)).Code.ShouldBe(0);
        (await CheckAsync("--audit-anchor", $"{Entries}:{new string('0', 64)}")).Code.ShouldBe(3);
        (await CheckAsync("--audit-anchor", "x")).Code.ShouldBe(1);

        // What an erasure takes out is no break.
        await _andi.ExecuteAsync("SELECT audit.redact('{P2}')");
        (await CheckAsync("--audit-anchor", anchor)).Code.ShouldBe(0);

        await BehindItsBackAsync("UPDATE audit.entries SET caller = 'nobody' WHERE id = (SELECT entry_id FROM audit.seals WHERE sequence = 3)");
        await BehindItsBackAsync("UPDATE audit.entries SET subject_ids = '{P9}' WHERE id = (SELECT entry_id FROM audit.seals WHERE sequence = 4)");
        await BehindItsBackAsync("DELETE FROM audit.entries WHERE id = (SELECT entry_id FROM audit.seals WHERE sequence = 5)");
        Numbers(await CheckAsync()).ShouldBe(["number 3", "number 4", "number 5"]);

        await BehindItsBackAsync("DELETE FROM audit.seals WHERE sequence = 5");
        Numbers(await CheckAsync()).ShouldBe(["number 3", "number 4", "number 5"]);

        await BehindItsBackAsync($"""
            DELETE FROM audit.entries WHERE id IN (SELECT entry_id FROM audit.seals WHERE sequence = {Entries});
            DELETE FROM audit.seals WHERE sequence = {Entries}
            """);
        Numbers(await CheckAsync()).ShouldBe(["number 3", "number 4", "number 5"], "Nothing in the log itself tells how long it was.");
        Numbers(await CheckAsync("--audit-anchor", anchor)).ShouldBe(["number 3", "number 4", "number 5", $"number {Entries}"]);
    }

    [Fact]
    public async Task Entry_that_nobody_seals_is_told_after_a_minute()
    {
        await AddAsync(2);
        (await CheckAsync()).Code.ShouldBe(0);
        await BehindItsBackAsync("UPDATE audit.entries SET recorded_at = recorded_at - interval '61 seconds' WHERE id = (SELECT max(id) FROM audit.entries)");
        Numbers(await CheckAsync()).ShouldHaveSingleItem().ShouldStartWith("entry ");
    }

    [Fact]
    public async Task Log_is_exported_whole_into_files_that_only_their_owner_reads()
    {
        var lines = Path.Combine(_folder, "log.jsonl");
        var exported = await _andi.RunAsync("audit", "export", lines, "--json");
        exported.Code.ShouldBe(0, exported.Error);
        JsonDocument.Parse(exported.Output).RootElement.GetProperty("entries").GetInt64().ShouldBe(Entries);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(lines).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var entries = (await File.ReadAllLinesAsync(lines, Cancel)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        entries.Select(entry => entry.GetProperty("sequence").GetInt64()).ShouldBe(Enumerable.Range(1, Entries).Select(number => (long)number));
        entries.Skip(1).Select(entry => entry.GetProperty("previousHash").GetString()).ShouldBe(
            entries.SkipLast(1).Select(entry => entry.GetProperty("hash").GetString()));

        var table = Path.Combine(_folder, "log.csv");
        (await _andi.RunAsync("audit", "export", table, "--to", "2090-01-01T00:00:00Z")).Code.ShouldBe(0);
        var rows = await File.ReadAllLinesAsync(table, Cancel);
        rows.Length.ShouldBe(Entries + 1);
        rows[1].ShouldContain(",'=cmd(),");
        (await _andi.RunAsync("audit", "export", table)).Code.ShouldBe(1);
        (await _andi.RunAsync("audit", "export", table, "--force", "--from", "2090-01-01T00:00:00Z")).Code.ShouldBe(0);
        (await File.ReadAllLinesAsync(table, Cancel)).ShouldHaveSingleItem();
    }

    private Task<CommandLine.Outcome> CheckAsync(params string[] arguments) => _andi.RunAsync(["check", "--part", "audit", "--json", .. arguments]);

    private static List<string?> Numbers(CommandLine.Outcome check)
    {
        check.Code.ShouldBe(3, check.Output + check.Error);
        return [.. JsonDocument.Parse(check.Output).RootElement.GetProperty("findings").EnumerateArray()
            .SelectMany(finding => finding.GetProperty("shown").EnumerateArray()).Select(one => one.GetProperty("key").GetString())];
    }

    private Task BehindItsBackAsync(string sql) => _andi.ExecuteAsync($"SET session_replication_role = replica; {sql}; RESET session_replication_role");

    private async Task AddAsync(int entries)
    {
        for (var number = 1; number <= entries; number++)
        {
            await using var batch = _andi.Oltp.CreateBatch();
            batch.BatchCommands.Add(new AuditEntry(new AuditCaller("=cmd()", "admin", null, null, "TEST /", null), AuditVerbs.Read, "students")
            {
                Subjects = AuditIds.Of([$"P{number}"]),
                Count = 1,
            }.Insert());
            await batch.ExecuteNonQueryAsync(Cancel);
        }
    }

    private async Task SealAsync(long entries)
    {
        await using var database = new AuditDatabase(new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:oltp", _andi.ConnectionOf(ConnectionNames.Oltp))]).Build());
        using var sealer = new AuditSealer(database, Options.Create(new AuditOptions()), TimeProvider.System, NullLogger<AuditSealer>.Instance);
        await AndiUnderTest.WaitAsync("the seals", async () =>
        {
            await sealer.SealAsync(Cancel);
            return await _andi.SourceAsync<long>("SELECT count(*) FROM audit.seals") == entries;
        });
    }
}
