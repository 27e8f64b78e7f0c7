using Andi.Bench.Setting;
using Andi.Sql;
using Andi.Testing;
using Npgsql;

namespace Andi.Bench.Queries;

/// <summary>The analytics API, asked as admin, and the ledger by which it knows whether rows have changed.</summary>
internal sealed class Endpoint(RunningAndi topology, NpgsqlDataSource ledger) : IDisposable
{
    private readonly HttpClient _http = Readers.Client(topology);

    public async Task<byte[]> AskAsync(Asked asked, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(asked.Path, cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? answer
            : throw new InvalidOperationException($"{asked.Path}: {(int)response.StatusCode} {System.Text.Encoding.UTF8.GetString(answer)}");
    }

    /// <summary>As if an insert of scores had been confirmed.</summary>
    public Task ScoresChangedAsync(CancellationToken cancellationToken) => ExecuteAsync("rows_changed", cancellationToken);

    /// <summary>As if every table had changed: names are not known any more, either.</summary>
    public Task AllChangedAsync(CancellationToken cancellationToken) => ExecuteAsync("all_changed", cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task ExecuteAsync(string name, CancellationToken cancellationToken)
    {
        await using var command = ledger.CreateCommand(EmbeddedSql.Read($"Queries/Sql/{name}.sql"));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
