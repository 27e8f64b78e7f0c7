using System.Diagnostics;

namespace Andi.EmbeddedClickHouse.Tests;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Stop_ends_running_statements_and_everything_written_is_there_after_the_next_start()
    {
        await using var first = await ServerProcess.StartAsync();
        using (var client = first.Client())
        {
            await client.AskAsync("CREATE DATABASE x");
            await client.AskAsync("CREATE TABLE x.t (k UInt64) ENGINE = MergeTree ORDER BY k");
            await client.AskAsync("INSERT INTO x.t SELECT number FROM numbers(1000000)");
            var endless = client.PostAsync("SELECT sleepEachRow(1) FROM system.numbers SETTINGS max_block_size = 1");
            var endlessDocument = client.PostAsync("SELECT count() FROM system.numbers FORMAT JSON");
            var short_ = client.AskAsync("SELECT sleep(0.5)");
            await Task.Delay(300, TestContext.Current.CancellationToken);

            var started = Stopwatch.GetTimestamp();
            (await first.StopAsync()).ShouldBe(0);
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5));
            (await short_).ShouldBe("0");
            (await endless).ShouldBeError(394, "QUERY_WAS_CANCELLED", 500);
            (await endlessDocument).ShouldBeError(394, "QUERY_WAS_CANCELLED", 500);
            first.Output.ShouldContain("Closed cleanly");
        }

        await using var second = await ServerProcess.StartAsync(first);
        using var again = second.Client();
        (await again.AskAsync("SELECT count(), sum(k) FROM x.t")).ShouldBe($"1000000\t{999_999L * 500_000}");
    }

    [Fact]
    public async Task Second_process_on_the_same_data_is_refused_in_one_line()
    {
        await using var first = await ServerProcess.StartAsync();
        var (exitCode, output) = await ServerProcess.StartAndFailAsync(first);
        exitCode.ShouldBe(1);
        output.Trim().ShouldBe($"The data folder {first.DataPath} is in use by another process.");
        using var client = first.Client();
        (await client.AskAsync("SELECT 1")).ShouldBe("1");
    }

    [Theory]
    [InlineData("ClickHouse:MaxConnections=0", "ClickHouse:MaxConnections is 0; it must be from 1 to 256.")]
    [InlineData("ClickHouse:Port=70000", "ClickHouse:Port is 70000; it must be from 0 to 65535.")]
    [InlineData("ClickHouse:Port=http", "Failed to convert configuration value 'http' at 'ClickHouse:Port'")]
    [InlineData("ClickHouse:DataPath=", "ClickHouse:DataPath is missing")]
    [InlineData("ClickHouse:DataPath=/proc/nowhere", "The data folder /proc/nowhere cannot be")]
    [InlineData("ClickHouse:LibraryPath=/nowhere/libchdb.so", "libchdb.so was not found")]
    [InlineData("ClickHouse:BackupsPath=relative", "ClickHouse:BackupsPath is 'relative'; it must be an absolute path.")]
    public async Task What_cannot_be_is_told_in_one_line(string option, string line)
    {
        var (exitCode, output) = await ServerProcess.StartAndFailAsync(null, option);
        exitCode.ShouldBe(1);
        output.ShouldStartWith(line);
        output.Trim().Split('\n').Length.ShouldBe(1, output);
    }

    [Fact]
    public async Task Taken_port_is_told_in_one_line()
    {
        await using var first = await ServerProcess.StartAsync();
        var (exitCode, output) = await ServerProcess.StartAndFailAsync(null, $"ClickHouse:Port={first.Address.Port}");
        exitCode.ShouldBe(1);
        output.ShouldContain("address already in use");
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Backup_can_be_restored_from_the_folder_for_them()
    {
        var folder = Directory.CreateTempSubdirectory("andi-backups-").FullName;
        try
        {
            await using var server = await ServerProcess.StartAsync(null, $"ClickHouse:BackupsPath={folder}");
            using var client = server.Client();
            await client.AskAsync("CREATE DATABASE x");
            await client.AskAsync("CREATE TABLE x.t (k UInt64) ENGINE = MergeTree ORDER BY k");
            await client.AskAsync("INSERT INTO x.t SELECT number FROM numbers(1000)");
            (await client.AskAsync($"BACKUP DATABASE x TO File('{folder}/one')")).ShouldContain("BACKUP_CREATED");
            await client.AskAsync("DROP DATABASE x SYNC");
            (await client.AskAsync($"RESTORE DATABASE x FROM File('{folder}/one')")).ShouldContain("RESTORED");
            (await client.AskAsync("SELECT count() FROM x.t")).ShouldBe("1000");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
