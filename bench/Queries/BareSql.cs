using System.Globalization;
using Andi.AnalyticsApi.Areas.Assessments;
using Andi.Warehouse.Client;

namespace Andi.Bench.Queries;

/// <summary>The engine itself, asked over its HTTP interface by a plain client that reads the answer and does nothing with it.</summary>
/// <param name="options">Where it is.</param>
/// <param name="engine">Asks where one statement follows from the answer of another.</param>
internal sealed class BareSql(ClickHouseOptions options, ClickHouseClient engine) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = options.Endpoint,
        DefaultRequestHeaders = { { "X-ClickHouse-User", options.Username }, { "X-ClickHouse-Key", options.Password } },
    };

    public DistrictsOfState Districts { get; } = new(engine);

    public StudentsOfClassroom Students { get; } = new(engine);

    public async Task AskAsync(Asked asked, CancellationToken cancellationToken)
    {
        if (asked.Sql is null)
        {
            await asked.Statements!(this, cancellationToken);
            return;
        }

        var parameters = string.Concat(
            asked.Parameters.Select(pair => string.Create(CultureInfo.InvariantCulture, $"&param_{pair.Key}={Uri.EscapeDataString(pair.Value)}")));
        using var sql = new StringContent(asked.Sql.With(asked.Parameters).Sql);
        using var response = await _http.PostAsync(
            $"?default_format={asked.Format}&wait_end_of_query=1&output_format_parallel_formatting=0{parameters}", sql, cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{asked.Sql.Name}: {System.Text.Encoding.UTF8.GetString(answer)}");
        }
    }

    public void Dispose() => _http.Dispose();
}
