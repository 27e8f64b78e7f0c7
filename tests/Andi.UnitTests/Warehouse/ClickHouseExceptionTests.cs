using Andi.Warehouse.Client;

namespace Andi.UnitTests.Warehouse;

public sealed class ClickHouseExceptionTests
{
    [Fact]
    public void Code_and_name_are_read_from_the_servers_text()
    {
        var error = ClickHouseException.FromServerText("Code: 60. DB::Exception: Table a.B (NOT_ME) does not exist. (UNKNOWN_TABLE) (version 26.7.2.1)\n");
        (error.Code, error.Name, error.IsTransient).ShouldBe((60, "UNKNOWN_TABLE", false));
        error.Message.ShouldStartWith("Code: 60. DB::Exception: Table a.B");
    }

    [Fact]
    public void Without_a_readable_text_the_header_counts()
    {
        var error = ClickHouseException.FromServerText("", "241");
        (error.Code, error.Name, error.IsTransient).ShouldBe((241, "", true));
        ClickHouseException.FromServerText("<html>Bad gateway</html>").Code.ShouldBe(0);
    }

    [Fact]
    public void Names_in_an_insert_are_quoted()
    {
        new ClickHouseInsert("d`b", "ta\\ble", "RowBinary") { Columns = ["a", "b c"] }.ToSql()
            .ShouldBe("INSERT INTO `d\\`b`.`ta\\\\ble` (`a`, `b c`) FORMAT RowBinary");
        Should.Throw<ArgumentException>(() => new ClickHouseInsert("d", "t", "CSV; DROP").ToSql());
    }
}
