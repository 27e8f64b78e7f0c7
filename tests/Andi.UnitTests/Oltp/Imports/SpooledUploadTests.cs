using Andi.Oltp.Imports.Uploads;
using Andi.Oltp.Validation;

namespace Andi.UnitTests.Oltp.Imports;

public sealed class SpooledUploadTests : IDisposable
{
    private readonly UploadOptions _options = new() { Folder = Directory.CreateTempSubdirectory("andi-spool-").FullName };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_options.Folder, recursive: true);

    [Theory]
    [InlineData(0, false)]
    [InlineData(SpooledUpload.InMemory - 1, false)]
    [InlineData(SpooledUpload.InMemory, true)]
    [InlineData((3 * SpooledUpload.InMemory) + 7, true)]
    public async Task Content_is_what_came_and_a_large_one_is_in_a_file_without_a_name(int length, bool isFile)
    {
        var sent = new byte[length];
        new Random(length).NextBytes(sent);
        await using (var upload = await SpooledUpload.ReceiveAsync(new Dripping(sent), _options, Cancel))
        {
            (upload.Content is FileStream).ShouldBe(isFile);
            Directory.GetFiles(_options.Folder).ShouldBeEmpty("a process that is killed leaves nothing");
            using var read = new MemoryStream();
            await upload.Content.CopyToAsync(read, Cancel);
            read.ToArray().ShouldBe(sent);
        }

        Directory.GetFiles(_options.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Folder_that_cannot_be_written_is_507()
    {
        var options = new UploadOptions { Folder = Path.Combine(_options.Folder, "missing") };
        var problem = await Should.ThrowAsync<ProblemException>(
            () => SpooledUpload.ReceiveAsync(new MemoryStream(new byte[SpooledUpload.InMemory]), options, Cancel));
        problem.Status.ShouldBe(507);
        problem.Message.ShouldNotContain(_options.Folder, Case.Sensitive, "a path of the server is none of the caller's");
    }

    [Fact]
    public async Task Body_beyond_the_limit_is_413_and_names_it()
    {
        var options = new UploadOptions { Folder = _options.Folder, MaxBytes = 400_000 };
        await using (var body = new BoundedBody(new Dripping(new byte[400_000]), options, Cancel))
        {
            await using var upload = await SpooledUpload.ReceiveAsync(body, options, Cancel);
            upload.Content.Length.ShouldBe(400_000);
        }

        await using var larger = new BoundedBody(new Dripping(new byte[400_001]), options, Cancel);
        var problem = await Should.ThrowAsync<ProblemException>(() => SpooledUpload.ReceiveAsync(larger, options, Cancel));
        (problem.Status, problem.Message.Contains("400000 bytes", StringComparison.Ordinal)).ShouldBe((413, true));
        Directory.GetFiles(_options.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_that_is_not_there_by_the_deadline_is_408()
    {
        var options = new UploadOptions { Folder = _options.Folder, DeadlineSeconds = 1 };
        await using var body = new BoundedBody(new Dripping(new byte[300_000], stalls: true), options, Cancel);
        var problem = await Should.ThrowAsync<ProblemException>(() => SpooledUpload.ReceiveAsync(body, options, Cancel));
        (problem.Status, problem.Message.Contains("1 seconds, and 300000 bytes", StringComparison.Ordinal)).ShouldBe((408, true));
    }

    [Fact]
    public async Task Caller_who_goes_away_is_no_missed_deadline()
    {
        using var gone = new CancellationTokenSource();
        await using var body = new BoundedBody(new Dripping(new byte[10], stalls: true), _options, gone.Token);
        var receiving = SpooledUpload.ReceiveAsync(body, _options, gone.Token);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => receiving);
    }

    /// <summary>Gives out few bytes at a time, as a network does, and at its end none ever again where it is told to.</summary>
    private sealed class Dripping(byte[] content, bool stalls = false) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (stalls && Position == Length)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return await base.ReadAsync(buffer[..Math.Min(10_000, buffer.Length)], cancellationToken);
        }
    }
}
