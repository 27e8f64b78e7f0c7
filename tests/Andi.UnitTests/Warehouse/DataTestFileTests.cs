using Andi.Warehouse.DataTests;

namespace Andi.UnitTests.Warehouse;

public sealed class DataTestFileTests
{
    [Fact]
    public void Every_file_of_the_warehouse_is_a_data_test()
    {
        var all = DataTest.All();
        all.Select(test => test.Name).ShouldBeUnique();
        all.ShouldAllBe(test => test.Says.EndsWith('.') && test.Sql.Length > 0 && test.Table.Contains('.'));
    }

    [Theory]
    [InlineData("-- test: unique a.b c", "does not say what the test means")]
    [InlineData("-- A thing.\n", "one line '-- test:")]
    [InlineData("-- A thing.\n-- test: unique a.b c\n-- test: unique a.b d", "one line '-- test:")]
    [InlineData("-- A thing.\n-- test: lovely a.b c", "'lovely' is not a kind")]
    [InlineData("-- A thing.\n-- test: unique", "names no kind")]
    [InlineData("-- A thing.\n-- test: unique b c", "'b c' is not what a test of the kind unique takes")]
    [InlineData("-- A thing.\n-- test: not_null a.b c, d", "not what a test of the kind not_null takes")]
    [InlineData("-- A thing.\n-- test: accepted_values a.b c:", "not what a test of the kind accepted_values takes")]
    [InlineData("-- A thing.\n-- test: relationships a.b c -> d", "not what a test of the kind relationships takes")]
    [InlineData("-- A thing.\n-- test: freshness a.b c within 1 moon", "not what a test of the kind freshness takes")]
    [InlineData("-- A thing.\n-- test: unique a.b c; DROP TABLE a.b", "not what a test of the kind unique takes")]
    [InlineData("-- A thing.\n-- test: sql a.b", "needs a statement")]
    [InlineData("-- A thing.\n-- test: unique a.b c\nSELECT 1", "has its own statement")]
    public void File_that_is_none_is_refused_with_its_name(string text, string reason)
    {
        var message = Should.Throw<FormatException>(() => DataTest.Parse("area/one", text)).Message;
        message.ShouldStartWith("area/one: ");
        message.ShouldContain(reason);
    }

    [Fact]
    public void Value_stays_a_value() =>
        DataTest.Parse("area/one", "-- A thing.\n-- test: accepted_values a.b c: it's, fine").Sql.ShouldContain(@"NOT IN ('it\'s', 'fine')");
}
