using System.Net.Http.Headers;
using System.Text.Json;
using Andi.ChangeEvents;
using Andi.Testing;
using Npgsql;

namespace Andi.Bench.Setting;

/// <summary>What the readers of a topology see.</summary>
internal static class Readers
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>A client of the analytics API as admin.</summary>
    public static HttpClient Client(RunningAndi topology) => new()
    {
        BaseAddress = new Uri(topology.Run.Analytics!),
        Timeout = TimeSpan.FromMinutes(5),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", topology.Run.Tokens.Admin) },
    };

    /// <summary>Waits until readers see everything that is committed now.</summary>
    /// <exception cref="TimeoutException">They did not within <paramref name="limit"/>.</exception>
    public static async Task SeeAllAsync(RunningAndi topology, NpgsqlDataSource database, TimeSpan limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT pg_current_wal_flush_lsn()::text");
        var committed = Read((string?)await command.ExecuteScalarAsync(cancellationToken));
        using var client = Client(topology);
        var deadline = TimeProvider.System.GetUtcNow() + limit;
        while (await PositionAsync(client, cancellationToken) is var seen && seen.CommitLsn < committed.CommitLsn)
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
            {
                throw new TimeoutException($"After {limit} readers see {seen}, not {committed}.");
            }

            await Task.Delay(PollEvery, cancellationToken);
        }
    }

    private static async Task<Position> PositionAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var answer = JsonDocument.Parse(await client.GetStringAsync("v1/freshness", cancellationToken));
        return Read(answer.RootElement.GetProperty("position").GetString());
    }

    private static Position Read(string? text) => Position.TryParse(text, out var position) ? position : Position.None;
}
