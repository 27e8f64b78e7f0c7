using System.Net.Http.Headers;
using System.Text;

namespace Andi.EmbeddedClickHouse.Tests;

public sealed class AuthenticationTests(SharedServer shared)
{
    [Fact]
    public async Task Without_a_password_nothing_but_health_is_told()
    {
        using var stranger = new ClickHouseClient(shared.Server.Address, password: null);
        var answer = await stranger.PostAsync("SELECT 1");
        answer.ShouldBeError(516, "AUTHENTICATION_FAILED", 401);
        answer.Headers.WwwAuthenticate.ShouldNotBeEmpty();
        (await Ping(stranger)).ShouldBe("Ok.\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("The password of the tests")]
    [InlineData("the password of the test")]
    public async Task Wrong_password_is_refused_in_each_of_the_three_ways(string password)
    {
        using var stranger = new ClickHouseClient(shared.Server.Address, password: null);
        using var byHeader = new ClickHouseClient(shared.Server.Address, password);
        (await byHeader.PostAsync("SELECT 1")).ShouldBeError(516, "AUTHENTICATION_FAILED", 401);
        (await stranger.PostAsync("SELECT 1", "user=default", $"password={password}")).ShouldBeError(516, "AUTHENTICATION_FAILED", 401);
        (await Answer.OfAsync(
            await stranger.SendAsync(HttpMethod.Post, [], new StringContent("SELECT 1"), headers => headers.Authorization = Basic("default", password))))
            .ShouldBeError(516, "AUTHENTICATION_FAILED", 401);
    }

    [Fact]
    public async Task Right_password_is_taken_in_each_of_the_three_ways()
    {
        using var stranger = new ClickHouseClient(shared.Server.Address, password: null);
        (await shared.Client.AskAsync("SELECT 1")).ShouldBe("1");
        (await stranger.AskAsync("SELECT 2", "user=default", $"password={ServerProcess.Password}")).ShouldBe("2");
        var basic = await Answer.OfAsync(
            await stranger.SendAsync(
                HttpMethod.Post, [], new StringContent("SELECT 3"), headers => headers.Authorization = Basic("default", ServerProcess.Password)));
        basic.Text.ShouldBe("3\n");
    }

    [Fact]
    public async Task Another_user_is_refused() =>
        (await new ClickHouseClient(shared.Server.Address, null).PostAsync("SELECT 1", "user=admin", $"password={ServerProcess.Password}"))
            .ShouldBeError(516, "AUTHENTICATION_FAILED", 401);

    [Fact]
    public async Task Password_is_made_at_the_first_start_for_its_owner_only_and_kept()
    {
        await using var first = await ServerProcess.StartAsync(null, "ClickHouse:Password=");
        var file = first.DataPath + ".password";
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var password = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim();
        password.Length.ShouldBeGreaterThanOrEqualTo(32);
        using (var client = new ClickHouseClient(first.Address, password))
        {
            (await client.AskAsync("SELECT 1")).ShouldBe("1");
        }

        await first.StopAsync();
        await using var second = await ServerProcess.StartAsync(first, "ClickHouse:Password=");
        using var again = new ClickHouseClient(second.Address, password);
        (await again.AskAsync("SELECT 1")).ShouldBe("1");
        second.Output.ShouldNotContain(password);
    }

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private static async Task<string> Ping(ClickHouseClient client)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(client.Server, "/ping"), TestContext.Current.CancellationToken);
    }
}
