using Andi.Security;

namespace Andi.UnitTests.ServiceDefaults;

public sealed class RevocationFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("andi-revoked-").FullName;

    private string List => Path.Combine(_folder, RevocationFile.Name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Entries_are_kept_until_their_tokens_end()
    {
        RevocationFile.Add(List, new RevokedToken("a", Now.AddHours(1)), Now);
        RevocationFile.Add(List, new RevokedToken("b", Now.AddHours(3)), Now);
        RevocationFile.Add(List, new RevokedToken("b", Now.AddHours(2)), Now);
        RevocationFile.Read(List).ShouldBe([new("a", Now.AddHours(1)), new("b", Now.AddHours(3))]);

        RevocationFile.Add(List, new RevokedToken("c", Now.AddHours(9)), Now.AddHours(1));
        RevocationFile.Read(List).Select(entry => entry.Jti).ShouldBe(["b", "c"]);
    }

    [Fact]
    public void File_is_its_owners_alone()
    {
        RevocationFile.Add(List, new RevokedToken("a", Now.AddHours(1)), Now);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(List).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Of_many_at_once_none_is_lost()
    {
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
            RevocationFile.Add(List, new RevokedToken($"{number}", Now.AddHours(1)), Now));

        RevocationFile.Read(List).Count.ShouldBe(16);
        Directory.GetFiles(_folder, "*.tmp").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"jti":"","expires":"2026-12-01T08:00:00Z"}""")]
    [InlineData("""{"jti":"a","expires":"tomorrow"}""")]
    [InlineData("""{"jti":"a","expires":"2026-12-01T08:00:00Z","reason":"lost"}""")]
    public void Line_that_is_no_entry_is_named_and_the_file_is_left_as_it_is(string line)
    {
        var text = $$"""{"jti":"good","expires":"2026-12-01T08:00:00Z"}{{"\n\n" + line}}""";
        File.WriteAllText(List, text);

        Should.Throw<InvalidOperationException>(() => RevocationFile.Read(List)).Message.ShouldContain("line 3");
        Should.Throw<InvalidOperationException>(() => RevocationFile.Add(List, new RevokedToken("b", Now.AddHours(1)), Now));
        File.ReadAllText(List).ShouldBe(text);
    }

    [Fact]
    public void File_of_any_size_is_not_read()
    {
        using (var file = File.Create(List))
        {
            file.SetLength(1L << 40);
        }

        Should.Throw<InvalidOperationException>(() => RevocationFile.Read(List)).Message.ShouldContain("larger than");
    }
}
