using Andi.IntegrationTests.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Tls;

public sealed class ClickHouseTlsTests : IAsyncLifetime
{
    private readonly TestAuthority _authority = new("andi test");
    private readonly ClickHouseFixture _server;

    public ClickHouseTlsTests() => _server = new ClickHouseFixture(_authority);

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task Server_is_believed_where_authority_and_name_are_right()
    {
        (await _server.Client.ScalarAsync<int>(new("SELECT 1"), TestContext.Current.CancellationToken)).ShouldBe(1);
        using var other = new TestAuthority("somebody else");
        (await AskAsync("localhost", $"RootCertificate={other.RootFile}")).Message.ShouldContain("cannot be trusted");
        (await AskAsync("localhost", "Timeout=5")).Message.ShouldContain("RootCertificate in the connection string names the authority");
        (await AskAsync("127.0.0.1", $"RootCertificate={_authority.RootFile}")).Message.ShouldContain("NameMismatch");
    }

    private async Task<ClickHouseException> AskAsync(string host, string more)
    {
        var options = ClickHouseOptions.Parse($"Host={host};Port={_server.Options.Endpoint.Port};Protocol=https;{more}");
        using var client = new ClickHouseClient(options, NullLogger<ClickHouseClient>.Instance);
        return await Should.ThrowAsync<ClickHouseException>(() => client.ScalarAsync<int>(new("SELECT 1"), TestContext.Current.CancellationToken));
    }
}
