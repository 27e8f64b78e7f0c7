using System.Text;
using Andi.Cli;
using Andi.Cli.Backup;

namespace Andi.UnitTests.Cli;

public sealed class TableFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("andi-table-file-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Kind: a good backup is refused for the way in which its folder is written.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/../{0}/")]
    public async Task File_of_a_backup_is_found_however_the_folder_is_written(string end)
    {
        var file = await WriteAsync("rows.gz");
        await TableFile.VerifyAsync(_folder + end.Replace("{0}", Path.GetFileName(_folder), StringComparison.Ordinal), file, Cancel);
    }

    [Fact]
    public async Task File_outside_of_the_folder_or_changed_is_refused()
    {
        var file = await WriteAsync("rows.gz");
        await Should.ThrowAsync<CommandFailure>(() => TableFile.VerifyAsync(Path.Combine(_folder, "below"), file with { Path = "../rows.gz" }, Cancel));
        await File.AppendAllTextAsync(Path.Combine(_folder, "rows.gz"), "x", Cancel);
        await Should.ThrowAsync<CommandFailure>(() => TableFile.VerifyAsync(_folder, file, Cancel));
    }

    private async Task<BackupFile> WriteAsync(string name)
    {
        var (bytes, sha256) = await TableFile.WriteAsync(
            Path.Combine(_folder, name), async stream => await stream.WriteAsync(Encoding.UTF8.GetBytes("1,2\n"), Cancel), Cancel);
        return new BackupFile(name, BackupStore.Postgres, "public.tests", ["a", "b"], 1, bytes, sha256);
    }
}
