using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Andi.IntegrationTests.Oltp;

/// <summary>What every call of both APIs does alike, asked of one: parameters, methods, encodings.</summary>
[Collection(OltpCollection.Name)]
public sealed class RequestFormTests(OltpFixture oltp)
{
    private const string Csv = "districtId,name,stateId\n{0},North,TX\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Kind: a misspelt or unknown parameter is as good as none.</summary>
    [Theory]
    [InlineData("?dry_run=true", "dry_run")]
    [InlineData("?mode=upsert&onErrors=skip", "onErrors")]
    [InlineData("?entity=districts", "entity")]
    public async Task Unknown_query_parameter_is_named_and_nothing_written(string query, string named)
    {
        var id = OltpFixture.Unique("D");
        var problem = await oltp.Http.ImportAsync("districts", Of(Csv, id), query).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        problem.Fields.ShouldBe([named]);
        problem.Detail.ShouldContain("mode, onError");
        await oltp.Http.GetAsync($"v1/districts/{id}", Cancel).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("gzip", HttpStatusCode.OK)]
    [InlineData("br", HttpStatusCode.OK)]
    [InlineData("zstd", HttpStatusCode.UnsupportedMediaType)]
    public async Task Body_may_be_compressed(string encoding, HttpStatusCode status)
    {
        var id = OltpFixture.Unique("D");
        using var bytes = new MemoryStream();
        await using (Stream compressed = encoding == "br"
            ? new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true)
            : new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            await compressed.WriteAsync(Encoding.UTF8.GetBytes(Of(Csv, id)), Cancel);
        }

        using var content = new ByteArrayContent(bytes.ToArray()) { Headers = { ContentType = new("text/csv"), ContentEncoding = { encoding } } };
        using var response = await oltp.Http.PostAsync("v1/imports/districts", content, Cancel);
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Head_is_answered_as_GET_without_the_body_and_OPTIONS_with_the_methods()
    {
        var path = $"v1/districts/{OltpFixture.Unique("D")}";
        await oltp.Http.PutAsync(path, new { name = "North", stateId = "TX" }).ShouldBeAsync(HttpStatusCode.Created);
        using var head = await oltp.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Cancel);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Headers.ETag.ShouldNotBeNull();
        (await head.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeEmpty();

        using var options = await oltp.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, path), Cancel);
        options.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        options.Content.Headers.Allow.Order(StringComparer.Ordinal).ShouldBe(["DELETE", "GET", "PUT"]);
        using var nowhere = await oltp.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, "v1/nowhere"), Cancel);
        nowhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>Kind: a slow client's fault is answered as the server's, and keeps a transaction open.</summary>
    [Fact]
    public async Task Upload_that_stands_still_is_408_and_holds_no_transaction()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(oltp.Http.BaseAddress!.Host, oltp.Http.BaseAddress.Port, Cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.UTF8.GetBytes(
                "POST /v1/imports/districts HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n"
                + $"Authorization: {oltp.Http.DefaultRequestHeaders.Authorization}\r\n\r\ndistrictId,name,stateId\n"),
            Cancel);
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync(Cancel)).ShouldBe("HTTP/1.1 408 Request Timeout");
        (await oltp.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'"))
            .ShouldBe(0);
    }

    [Fact]
    public async Task Answer_is_compressed_for_who_asks_for_that()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "openapi/v1.json");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var response = await oltp.Http.SendAsync(request, Cancel);
        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var text = new GZipStream(await response.Content.ReadAsStreamAsync(Cancel), CompressionMode.Decompress);
        using var reader = new StreamReader(text);
        (await reader.ReadToEndAsync(Cancel)).ShouldContain("/v1/imports/{entity}");
    }

    private static string Of(string csv, string id) => csv.Replace("{0}", id, StringComparison.Ordinal);
}
