using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Andi.Warehouse.Client;

/// <summary>
/// A small client of ClickHouse's HTTP interface. One instance serves all threads. Values are bound, answers are whole or an error
/// (<see cref="ClickHouseException"/>), every call ends within its time limit (<see cref="TimeoutException"/>).
/// </summary>
public sealed partial class ClickHouseClient : IDisposable
{
    // How rows are written: numbers as numbers (exact, also 64-bit ones), dates as ISO 8601.
    private static readonly KeyValuePair<string, string>[] RowSettings =
    [
        new("default_format", "JSONEachRow"),
        new("output_format_json_quote_64bit_integers", "0"),
        new("output_format_json_quote_decimals", "0"),
        new("output_format_json_quote_denormals", "0"),
        new("output_format_json_named_tuples_as_objects", "1"),
        new("date_time_output_format", "iso"),
    ];

    // A read that nobody waits for any more is given up by the server; a failure after the first byte never looks like a row.
    private static readonly KeyValuePair<string, string>[] ReadSettings =
    [
        new("cancel_http_readonly_queries_on_client_close", "1"),
        new("http_write_exception_in_output_format", "0"),
    ];

    // An answer that is awaited whole is small: threads of their own to format and to collect it take a quarter of the time of a small statement.
    private static readonly KeyValuePair<string, string>[] WholeSettings =
        [.. ReadSettings, new("wait_end_of_query", "1"), new("output_format_parallel_formatting", "0")];

    private readonly ClickHouseTransport _transport;
    private readonly ClickHouseOptions _options;

    public ClickHouseClient(ClickHouseOptions options, ILogger<ClickHouseClient> logger)
    {
        _options = options;
        _transport = new ClickHouseTransport(options, logger);
    }

    /// <summary>Runs a statement that returns no rows, for instance DDL. Never tried twice.</summary>
    public async Task<ClickHouseSummary> ExecuteAsync(ClickHouseStatement statement, CancellationToken cancellationToken = default)
    {
        using var call = Call.Begin(
            _options, statement.Name ?? FirstWord(statement.Sql), statement.Sql, statement.Timeout ?? _options.Timeout, cancellationToken);
        return await call.Run(async () =>
        {
            // The answer is held back until the statement is done, so that its status tells of any failure.
            var address = RequestAddress.Of(_options, statement, [new("wait_end_of_query", "1")], call.Timeout);
            using var response = await _transport.SendAsync(address, () => Text(statement.Sql), attempts: 1, call.Token);
            await response.Content.CopyToAsync(Stream.Null, call.Token);
            return ClickHouseSummary.From(response);
        });
    }

    /// <summary>Reads rows as records, whole or not at all: the server sends them once it has them all. For answers of bounded size. Columns have the
    /// names of the properties in camelCase.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(ClickHouseStatement statement, CancellationToken cancellationToken = default)
    {
        using var call = Call.Begin(
            _options, statement.Name ?? FirstWord(statement.Sql), statement.Sql, statement.Timeout ?? _options.Timeout, cancellationToken);
        return await call.Run(async () =>
        {
            var address = RequestAddress.Of(_options, statement, [.. RowSettings, .. WholeSettings], call.Timeout);
            using var response = await _transport.SendAsync(address, () => Text(statement.Sql), _options.MaxReadAttempts, call.Token);
            var rows = new List<T>();
            await foreach (var row in ReadRowsAsync<T>(response, call.Token))
            {
                rows.Add(row);
            }

            call.Rows(rows.Count);
            return rows;
        });
    }

    /// <summary>
    /// Reads rows as records, as <see cref="QueryAsync{T}"/> does, while the server computes them; the enumeration throws where the answer breaks off. For
    /// answers of any size.
    /// </summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        ClickHouseStatement statement, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = Call.Begin(
            _options, statement.Name ?? FirstWord(statement.Sql), statement.Sql, statement.Timeout ?? _options.Timeout, cancellationToken);
        var address = RequestAddress.Of(_options, statement, [.. RowSettings, .. ReadSettings], call.Timeout);
        using var response = await call.Run(() => _transport.SendAsync(address, () => Text(statement.Sql), _options.MaxReadAttempts, call.Token));
        await using var rows = ReadRowsAsync<T>(response, call.Token).GetAsyncEnumerator(call.Token);
        var count = 0L;
        while (await call.Run(() => rows.MoveNextAsync().AsTask()))
        {
            call.Rows(++count);
            yield return rows.Current;
        }
    }

    /// <summary>
    /// Reads rows as they are in memory (format RowBinary), whole or not at all: for answers of many values, which take a multiple of the time as JSON.
    /// </summary>
    public async Task<T> ReadAsync<T>(ClickHouseStatement statement, RowBinaryRows<T> read, CancellationToken cancellationToken = default)
    {
        using var call = Call.Begin(
            _options, statement.Name ?? FirstWord(statement.Sql), statement.Sql, statement.Timeout ?? _options.Timeout, cancellationToken);
        return await call.Run(async () =>
        {
            var address = RequestAddress.Of(_options, statement, [new("default_format", "RowBinary"), .. WholeSettings], call.Timeout);
            using var response = await _transport.SendAsync(address, () => Text(statement.Sql), _options.MaxReadAttempts, call.Token);
            var answer = await response.Content.ReadAsByteArrayAsync(call.Token);
            try
            {
                return read(new RowBinaryReader(answer));
            }
            catch (ArgumentException broken)
            {
                throw new ClickHouseException(
                    ClickHouseException.Truncated, "",
                    $"The answer is not whole, or its rows are not of the form of {typeof(T).Name}: {broken.Message}", broken);
            }
        });
    }

    /// <summary>
    /// Copies an answer as the server writes it, in the format that the statement names, while it is computed. For answers of any size; what was copied
    /// before a failure is not whole.
    /// </summary>
    public async Task CopyToAsync(ClickHouseStatement statement, Stream target, CancellationToken cancellationToken = default)
    {
        using var call = Call.Begin(
            _options, statement.Name ?? FirstWord(statement.Sql), statement.Sql, statement.Timeout ?? _options.Timeout, cancellationToken);
        await call.Run(async () =>
        {
            var address = RequestAddress.Of(_options, statement, ReadSettings, call.Timeout);
            using var response = await _transport.SendAsync(address, () => Text(statement.Sql), _options.MaxReadAttempts, call.Token);
            await using var answer = new AnswerStream(await response.Content.ReadAsStreamAsync(call.Token));
            await answer.CopyWholeAsync(target, response.Headers.TryGetValues("X-ClickHouse-Exception-Tag", out var tags) ? tags.First() : null, call.Token);
            return true;
        });
    }

    /// <summary>The one value of an answer of one row and column.</summary>
    /// <exception cref="InvalidOperationException">There is no row, or the value is NULL.</exception>
    public async Task<T> ScalarAsync<T>(ClickHouseStatement statement, CancellationToken cancellationToken = default)
        where T : IParsable<T>
    {
        using var call = Call.Begin(
            _options, statement.Name ?? FirstWord(statement.Sql), statement.Sql, statement.Timeout ?? _options.Timeout, cancellationToken);
        return await call.Run(async () =>
        {
            var address = RequestAddress.Of(_options, statement, [new("default_format", "TSVRaw"), .. WholeSettings], call.Timeout);
            using var response = await _transport.SendAsync(address, () => Text(statement.Sql), _options.MaxReadAttempts, call.Token);
            var text = await response.Content.ReadAsStringAsync(call.Token);
            if (text.Length == 0 || text == "\\N\n")
            {
                throw new InvalidOperationException(text.Length == 0 ? "The answer has no row." : "The value is NULL.");
            }

            return T.Parse(text[^1] == '\n' ? text[..^1] : text, System.Globalization.CultureInfo.InvariantCulture);
        });
    }

    /// <summary>
    /// Inserts rows that <paramref name="writeBody"/> writes while they are sent. Never tried twice: whoever calls knows whether that is safe.
    /// What the writer throws is thrown, and none of its rows is inserted.
    /// </summary>
    public async Task<ClickHouseSummary> InsertAsync(
        ClickHouseInsert insert, Func<Stream, CancellationToken, Task> writeBody, CancellationToken cancellationToken = default)
    {
        using var body = new StreamedContent(writeBody);
        try
        {
            return await InsertAsync(insert, body, cancellationToken);
        }
        catch (Exception failure) when (body.Failure is { } cause and not OperationCanceledException && cause != failure)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    /// <summary>Inserts rows that are in memory. Never tried twice: whoever calls knows whether that is safe.</summary>
    public async Task<ClickHouseSummary> InsertAsync(ClickHouseInsert insert, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        using var content = new ReadOnlyMemoryContent(body);
        return await InsertAsync(insert, content, cancellationToken);
    }

    public void Dispose() => _transport.Dispose();

    private async Task<ClickHouseSummary> InsertAsync(ClickHouseInsert insert, HttpContent body, CancellationToken cancellationToken)
    {
        var sql = insert.ToSql();
        using var call = Call.Begin(_options, $"INSERT {insert.Database}.{insert.Table}", sql, insert.Timeout ?? _options.Timeout * 4, cancellationToken);
        return await call.Run(async () =>
        {
            body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            var statement = new ClickHouseStatement(sql) { Settings = insert.Settings };
            var address = RequestAddress.Of(_options, statement, [new("query", sql), new("wait_end_of_query", "1")], call.Timeout);
            using var response = await _transport.SendAsync(address, () => body, attempts: 1, call.Token);
            await response.Content.CopyToAsync(Stream.Null, call.Token);
            return ClickHouseSummary.From(response);
        });
    }

    private static async IAsyncEnumerable<T> ReadRowsAsync<T>(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var answer = new AnswerStream(await response.Content.ReadAsStreamAsync(cancellationToken));
        await using var rows = JsonSerializer.DeserializeAsyncEnumerable<T>(answer, topLevelValues: true, JsonSerializerOptions.Web, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await rows.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (Exception broken) when (broken is JsonException or IOException or HttpRequestException && !cancellationToken.IsCancellationRequested)
            {
                await DrainAsync(answer, cancellationToken);
                throw answer.Failure() ?? new ClickHouseException(
                    ClickHouseException.Truncated, "",
                    $"The answer is not whole, or its rows are not of the form of {typeof(T).Name}: {broken.Message}", broken);
            }

            yield return rows.Current ?? throw new ClickHouseException(ClickHouseException.Truncated, "", "The answer has a row that is null.");
        }
    }

    /// <summary>Reads what is left, so that the server's reason at the end is seen.</summary>
    private static async Task DrainAsync(AnswerStream answer, CancellationToken cancellationToken)
    {
        try
        {
            await answer.CopyToAsync(Stream.Null, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            // It broke off, as it does after a failure; what came before is remembered.
        }
    }

    private static StringContent Text(string sql) => new(sql, System.Text.Encoding.UTF8, "text/plain");

    private static string FirstWord(string sql) => sql.AsSpan().TrimStart().ToString().Split([' ', '\n', '\t', '('], 2)[0].ToUpperInvariant();
}
