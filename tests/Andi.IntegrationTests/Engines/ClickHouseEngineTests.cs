using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Andi.IntegrationTests.Engines;

public sealed class ClickHouseEngineTests(EnginesFixture engines)
{
    [Fact]
    public async Task Sums_what_was_inserted()
    {
        using var client = Client(engines.ClickHouse.UserInfo);
        var database = $"engine_test_{Guid.NewGuid():N}";
        await QueryAsync(client, $"create database {database}");
        await QueryAsync(client, $"create table {database}.t (n UInt64) engine = MergeTree order by n");
        await QueryAsync(client, $"insert into {database}.t select number from numbers(1001)");

        var sum = await QueryAsync(client, $"select sum(n) from {database}.t");

        sum.ShouldBe("500500\n");
    }

    [Fact]
    public async Task Refuses_a_wrong_password()
    {
        using var client = Client("default:wrong");

        using var response = await client.PostAsync("/", new StringContent("select 1"), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, (HttpStatusCode)516);
    }

    private HttpClient Client(string user) => new()
    {
        BaseAddress = new Uri(engines.ClickHouse.GetLeftPart(UriPartial.Authority).Replace($"{engines.ClickHouse.UserInfo}@", "", StringComparison.Ordinal)),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user))) },
    };

    private static async Task<string> QueryAsync(HttpClient client, string sql)
    {
        using var response = await client.PostAsync("/", new StringContent(sql), TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return body;
    }
}
