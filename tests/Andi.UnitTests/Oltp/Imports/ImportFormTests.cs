using System.Text;
using Andi.Oltp.Imports.Uploads;
using Andi.Oltp.Validation;
using Microsoft.Net.Http.Headers;

namespace Andi.UnitTests.Oltp.Imports;

public sealed class ImportFormTests
{
    private const string MappingOf = "Content-Disposition: form-data; name=\"mapping\"\r\nContent-Type: ";
    private const string FileOf = "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: ";
    private const string Mapping = MappingOf + "application/json\r\n\r\n{\"trim\": true}";
    private const string File = FileOf + "text/csv\r\n\r\na,b\r\n1,2\r\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(new[] { Mapping, File }, "{\"trim\": true}")]
    [InlineData(new[] { File }, null)]
    public async Task Parts_are_the_mapping_and_the_file(string[] parts, string? mapping)
    {
        var (json, csv) = await ReadAsync(Body(parts));
        json.ShouldBe(mapping);
        csv.ShouldBe("a,b\r\n1,2\r\n");
    }

    [Theory]
    [InlineData(new[] { File, Mapping }, 400, "a part 'mapping' behind 'file'")]
    [InlineData(new[] { Mapping }, 400, "no part 'file'")]
    [InlineData(new[] { Mapping, Mapping }, 400, "a part 'mapping' where 'file' should be")]
    [InlineData(new[] { "Content-Disposition: form-data; name=\"data\"\r\n\r\nx" }, 400, "a part 'data' where 'file' should be")]
    [InlineData(new[] { FileOf + "application/zip\r\n\r\nx" }, 415, "'file' must be text/csv, not 'application/zip'")]
    [InlineData(new[] { FileOf + "text/csv; charset=latin1\r\n\r\nx" }, 415, "UTF-8, not 'latin1'")]
    [InlineData(new[] { MappingOf + "text/yaml\r\n\r\nx", File }, 415, "'mapping' must be application/json")]
    public async Task Other_parts_are_refused(string[] parts, int status, string reason)
    {
        var problem = await Should.ThrowAsync<ProblemException>(() => ReadAsync(Body(parts)));
        problem.Status.ShouldBe(status);
        problem.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task Body_that_ends_early_is_the_senders_fault()
    {
        var problem = await Should.ThrowAsync<ProblemException>(() => ReadAsync(Body([Mapping, File])[..^10]));
        (problem.Status, problem.Message.Contains("closing boundary", StringComparison.Ordinal)).ShouldBe((400, true));
    }

    [Fact]
    public async Task Mapping_has_a_limit()
    {
        var large = $"Content-Disposition: form-data; name=\"mapping\"\r\n\r\n{new string(' ', 300_000)}";
        (await Should.ThrowAsync<ProblemException>(() => ReadAsync(Body([large, File])))).Status.ShouldBe(413);
    }

    private static string Body(string[] parts) => string.Concat(parts.Select(part => $"--limit\r\n{part}\r\n")) + "--limit--\r\n";

    private static Task<(string? Mapping, string Csv)> ReadAsync(string body) => ImportForm.ReadAsync(async () =>
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var form = await ImportForm.OpenAsync(MediaTypeHeaderValue.Parse("multipart/form-data; boundary=limit"), stream, Cancel);
        using var reader = new StreamReader(form.Content);
        var csv = await reader.ReadToEndAsync(Cancel);
        await form.EndAsync(Cancel);
        return (form.MappingJson is { } json ? Encoding.UTF8.GetString(json) : null, csv);
    });
}
