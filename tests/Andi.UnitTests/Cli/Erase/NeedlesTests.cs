using System.Text;
using Andi.Cli.Erase;
using Andi.Cli.Erase.Proof;

namespace Andi.UnitTests.Cli.Erase;

public sealed class NeedlesTests
{
    private const int Chunk = 1024 * 1024;

    [Theory]
    [InlineData("Zoë \"Z\" O'Hara", "name: Zoë \"Z\" O'Hara.")]
    [InlineData("Zoë", "{\"name\":\"Zo\\u00eb\"}")]
    [InlineData("Zoë", "{\"name\":\"Zo\\u00EB\"}")]
    [InlineData("a\"b", "{\"name\":\"a\\\"b\"}")]
    public async Task Word_is_found_in_every_form_in_which_stores_write_it(string word, string content) =>
        (await FindAsync(new Needles([word]), Encoding.UTF8.GetBytes(content))).ShouldHaveSingleItem().Word.ShouldBe(word);

    [Theory]
    [InlineData(0)]
    [InlineData(Chunk - 3)]
    [InlineData(Chunk)]
    [InlineData((2 * Chunk) - 1)]
    public async Task Word_is_found_where_it_stands_even_across_the_bounds_of_what_is_read_at_once(int at)
    {
        var content = new byte[(2 * Chunk) + 100];
        "pupil-1"u8.CopyTo(content.AsSpan(at));
        (await FindAsync(new Needles(["pupil-1", "pupil-2"]), content)).ShouldBe([("pupil-1", (long)at)]);
    }

    [Fact]
    public void Tombstone_recognises_its_id_only_and_has_nothing_of_it()
    {
        var tombstone = Tombstone.Of("student", "pupil-1", "erased-x");
        tombstone.IsOf("student", "pupil-1").ShouldBeTrue();
        tombstone.IsOf("student", "pupil-2").ShouldBeFalse();
        tombstone.IsOf("teacher", "pupil-1").ShouldBeFalse();

        // Two of one id have nothing in common.
        Tombstone.Of("student", "pupil-1", null).Digest.ShouldNotBe(tombstone.Digest);
    }

    private static async Task<IReadOnlyList<(string Word, long Offset)>> FindAsync(Needles needles, byte[] content)
    {
        using var stream = new MemoryStream(content);
        return await needles.FindAsync(stream, TestContext.Current.CancellationToken);
    }
}
