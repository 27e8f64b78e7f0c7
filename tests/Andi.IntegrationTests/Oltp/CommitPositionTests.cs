using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Text;
using Andi.ChangeEvents;
using Npgsql;

namespace Andi.IntegrationTests.Oltp;

/// <summary>What a write tells its caller and what it leaves in the WAL, read back through PostgreSQL's own logical decoding.</summary>
[Collection(OltpCollection.Name)]
public sealed class CommitPositionTests(OltpFixture oltp)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Of_a_single_write() => CheckAsync(() =>
        oltp.Http.PutAsync($"v1/districts/{OltpFixture.Unique("D")}", new { name = "North", stateId = "TX" }));

    [Fact]
    public Task Of_an_import() => CheckAsync(() =>
        oltp.Http.ImportAsync("districts", $"districtId,name,stateId\n{OltpFixture.Unique("D")},North,TX\n"));

    [Fact]
    public async Task Of_a_batch()
    {
        var room = await Classroom.CreateAsync(oltp.Http, 2);
        await CheckAsync(() => oltp.Http.PostAsync("v1/scores/batch", new[] { room.Score(0), room.Score(1) }));
    }

    [Fact]
    public async Task What_is_refused_tells_no_position_and_leaves_nothing()
    {
        await using var slot = await Slot.CreateAsync(oltp.Database);
        await oltp.Http.PutAsync($"v1/schools/{OltpFixture.Unique("S")}", new { name = "x", districtId = "nowhere" })
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        (await slot.ReadAsync()).ShouldBeEmpty();
    }

    private async Task CheckAsync(Func<Task<HttpResponseMessage>> write)
    {
        await using var slot = await Slot.CreateAsync(oltp.Database);
        using var activity = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var response = await write();
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Cancellation));
        var trace = activity.TraceId.ToHexString();

        var messages = await slot.ReadAsync();
        var first = messages.TakeWhile(message => message.Kind != 'C').Select(message => message.Kind).Where(kind => kind is 'M' or 'I' or 'U').ToList();
        first[0].ShouldBe('M', "The trace context comes before the changes that it belongs to.");
        first.ShouldContain('I');
        Encoding.UTF8.GetString(messages.First(message => message.Kind == 'M').Data).ShouldContain($"andi.traceparent\0");
        Encoding.UTF8.GetString(messages.First(message => message.Kind == 'M').Data).ShouldContain($"00-{trace}-");

        // Commit message: kind, flags, LSN of the commit, LSN after it.
        var commit = messages.Single(message => message.Kind == 'C').Data;
        var commitLsn = BinaryPrimitives.ReadUInt64BigEndian(commit.AsSpan(2));
        Position.TryParse(response.Headers.GetValues("Andi-Position").Single(), out var position).ShouldBeTrue();
        position.CommitLsn.ShouldBeGreaterThanOrEqualTo(commitLsn);
        position.ShouldBe(Position.EndOf(position.CommitLsn));
    }

    /// <summary>A slot of PostgreSQL's pgoutput on the publication, as the relay has one.</summary>
    private sealed class Slot(NpgsqlDataSource database, string name) : IAsyncDisposable
    {
        public static async Task<Slot> CreateAsync(NpgsqlDataSource database)
        {
            var name = $"test_{Guid.NewGuid():N}";
            await using var command = database.CreateCommand($"SELECT pg_create_logical_replication_slot('{name}', 'pgoutput')");
            await command.ExecuteScalarAsync(Cancellation);
            return new Slot(database, name);
        }

        public async Task<List<(char Kind, byte[] Data)>> ReadAsync()
        {
            await using var command = database.CreateCommand(
                "SELECT data FROM pg_logical_slot_peek_binary_changes("
                + $"'{name}', NULL, NULL, 'proto_version', '1', 'publication_names', 'andi', 'messages', 'true')");
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            var messages = new List<(char Kind, byte[] Data)>();
            while (await reader.ReadAsync(Cancellation))
            {
                var data = reader.GetFieldValue<byte[]>(0);
                messages.Add(((char)data[0], data));
            }

            // What other tests wrote is sealed in the audit log at any moment; such a transaction has one message of its own, and no change.
            var ends = messages.Select((message, index) => (message.Kind, index)).Where(message => message.Kind == 'C').Select(message => message.index);
            var begins = ends.Select(end => end + 1).Prepend(0);
            return
            [
                .. begins.Zip(ends, (begin, end) => messages[begin..(end + 1)])
                    .Where(transaction =>
                        !transaction.Exists(message => Encoding.UTF8.GetString(message.Data).Contains("andi.audit\0", StringComparison.Ordinal)))
                    .SelectMany(transaction => transaction),
            ];
        }

        public async ValueTask DisposeAsync()
        {
            await using var command = database.CreateCommand($"SELECT pg_drop_replication_slot('{name}')");
            await command.ExecuteScalarAsync(CancellationToken.None);
        }
    }
}
