using Andi.AppHost.Native;

namespace Andi.AppHost.Tests.Native;

public sealed class LogSeverityReaderTests
{
    [Theory]
    [InlineData("2026-11-20T20:10:05.134 fail: Andi.Ingestor.Loop[12]", LogSeverity.Error)]
    [InlineData("crit: Microsoft.AspNetCore.Hosting[6]", LogSeverity.Error)]
    [InlineData("warn: Microsoft.AspNetCore.Server.Kestrel[22]", LogSeverity.Warning)]
    [InlineData("info: Andi.Oltp[1] no fail: here", LogSeverity.Information)]
    [InlineData("2026-11-20 20:10:05.134 UTC [20323] PANIC:  could not write", LogSeverity.Error)]
    [InlineData("2026-11-20 20:10:05.134 UTC [20323] WARNING:  archiving failed", LogSeverity.Warning)]
    [InlineData("2026-11-20 20:10:05.134 UTC [20323] postgres@oltp ERROR:  duplicate key value", LogSeverity.Information)]
    [InlineData("2026-11-20 20:10:05.134 UTC [20323] LOG:  checkpoint starting", LogSeverity.Information)]
    [InlineData("2026-11-20 20:10:05,315 ERROR Error while reading checkpoint (KafkaServer)", LogSeverity.Error)]
    [InlineData("2026-11-20 20:10:05,315 WARN caught end of stream exception (NIOServerCnxn)", LogSeverity.Warning)]
    [InlineData("2026-11-20 20:10:05,315 INFO Completed load of log (Log)", LogSeverity.Information)]
    [InlineData("", LogSeverity.Information)]
    public void Severity_of_a_line(string line, LogSeverity expected) => new LogSeverityReader().Read(line).ShouldBe(expected);

    [Fact]
    public void An_indented_line_goes_on_with_the_message_before_it()
    {
        var reader = new LogSeverityReader();
        reader.Read("fail: Andi.Ingestor.Loop[12]");

        reader.Read("      The broker is gone.").ShouldBe(LogSeverity.Error);
        reader.Read("info: Andi.Ingestor.Loop[13]").ShouldBe(LogSeverity.Information);
        reader.Read("      All is well.").ShouldBe(LogSeverity.Information);
    }
}
