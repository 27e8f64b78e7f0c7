using System.CommandLine;
using Andi.Cli;
using Andi.Cli.Tokens;
using Andi.Security;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Andi.UnitTests.Cli;

public sealed class TokenCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("andi-token-command-").FullName;

    private string KeyFile => Path.Combine(_folder, "signing.key");

    private string List => Path.Combine(_folder, "revoked.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Token_is_valid_for_twelve_hours_and_names_its_subject()
    {
        var token = new JsonWebToken(await PrintedAsync("--role", "teacher", "--scope", "T1"));
        var own = new JsonWebToken(await PrintedAsync("--role", "admin", "--subject", "ada@example.org", "--expires", "90m"));

        (token.Subject, token.Id.Length).ShouldBe(("teacher:T1", 32));
        (token.ValidTo - DateTime.UtcNow).ShouldBeInRange(TimeSpan.FromMinutes(719), TimeSpan.FromHours(12));
        own.Subject.ShouldBe("ada@example.org");
        (own.ValidTo - DateTime.UtcNow).ShouldBeInRange(TimeSpan.FromMinutes(89), TimeSpan.FromMinutes(90));
    }

    [Theory]
    [InlineData("1m", 1)]
    [InlineData("30d", 30 * 24 * 60)]
    [InlineData("12h", 12 * 60)]
    [InlineData("00:05:00", 5)]
    [InlineData("1.06:00:00", 30 * 60)]
    public void Time_may_be_given_with_a_unit_or_as_days_and_hours(string text, int minutes)
    {
        TokenLifetime.TryParse(text, out var lifetime).ShouldBeTrue();
        lifetime.ShouldBe(TimeSpan.FromMinutes(minutes));
    }

    [Theory]
    [InlineData("99999999999d")]
    [InlineData("99999999999999999999999999d")]
    [InlineData("31d")]
    [InlineData("43201m")]
    [InlineData("30.00:00:01")]
    [InlineData("59999999.00:00:00")]
    [InlineData("0m")]
    [InlineData("00:00:59")]
    [InlineData("-1h")]
    [InlineData("-01:00:00")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("1e3m")]
    [InlineData("1.5h")]
    [InlineData("forever")]
    public async Task Absurd_time_is_answered_with_a_sentence(string text)
    {
        var (code, output, error) = await RunAsync("--role", "admin", "--key-file", KeyFile, $"--expires={text}");

        code.ShouldNotBe(0);
        error.ShouldContain("--expires");
        error.ShouldContain("from 1m to 30d");
        (output + error).ShouldNotContain("   at ");
        File.Exists(KeyFile).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--role", "teacher")]
    [InlineData("--role", "admin", "--scope", "S1")]
    [InlineData("--role", "admin", "--subject", " ")]
    [InlineData("--role", "boss")]
    public async Task Token_that_services_would_refuse_is_not_made(params string[] arguments) =>
        (await RunAsync([.. arguments, "--key-file", KeyFile])).Code.ShouldNotBe(0);

    [Fact]
    public async Task Token_is_revoked_by_itself_or_by_its_id_and_listed()
    {
        var token = await PrintedAsync("--role", "admin", "--expires", "1h");
        var id = new JsonWebToken(token).Id;

        (await RunAsync("revoke", token, "--list", List)).Code.ShouldBe(0);
        (await RunAsync("revoke", "another", "--list", List)).Code.ShouldBe(0);

        var entries = RevocationFile.Read(List);
        entries.Select(entry => entry.Jti).ShouldBe([id, "another"]);
        (entries[0].Expires - DateTimeOffset.UtcNow).ShouldBeInRange(TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        // Until no token of today can be valid any more.
        (entries[1].Expires - DateTimeOffset.UtcNow).ShouldBeInRange(TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));
        var listed = await RunAsync("revoked", "--list", List);
        listed.Output.ShouldContain(id);
        listed.Output.ShouldContain("another");
        (await RunAsync("revoked", "--list", List, "--json")).Output.ShouldStartWith($$"""[{"jti":"{{id}}",""");
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    public async Task What_is_no_token_and_no_id_is_not_revoked(string text) =>
        await Should.ThrowAsync<CommandFailure>(() => RunAsync("revoke", text, "--list", List));

    private async Task<string> PrintedAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync([.. arguments, "--key-file", KeyFile]);
        code.ShouldBe(0, error);
        return output.Trim();
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await new RootCommand { TokenCommand.Create() }.Parse(["token", .. arguments]).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
