using Andi.Warehouse.Client;

namespace Andi.UnitTests.Warehouse;

public sealed class ClickHouseOptionsTests
{
    [Fact]
    public void All_parts_are_read()
    {
        var options = ClickHouseOptions.Parse("Host=127.0.0.1;Port=18123;Protocol=http;Username=andi;Password=\"a;b=c\";Database=d;Timeout=7;MaxConnections=3");
        options.Endpoint.ShouldBe(new Uri("http://127.0.0.1:18123"));
        (options.Username, options.Password, options.Database, options.Timeout, options.MaxConnections)
            .ShouldBe(("andi", "a;b=c", "d", TimeSpan.FromSeconds(7), 3));
    }

    [Theory]
    [InlineData("Host=db", "http://db:8123/")]
    [InlineData("host=db;PROTOCOL=https", "https://db:8443/")]
    [InlineData("Host=[::1];Port=1", "http://[::1]:1/")]
    public void Rest_has_defaults(string text, string endpoint)
    {
        var options = ClickHouseOptions.Parse(text);
        options.Endpoint.ToString().ShouldBe(endpoint);
        (options.Username, options.Password, options.Database).ShouldBe(("default", "", "default"));
    }

    [Theory]
    [InlineData("", "Host")]
    [InlineData("Port=1", "Host")]
    [InlineData("Host=a b", "Host")]
    [InlineData("Host=db;Port=0", "Port")]
    [InlineData("Host=db;Port=x", "Port")]
    [InlineData("Host=db;Port=70000", "Port")]
    [InlineData("Host=db;Protocol=tcp", "Protocol")]
    [InlineData("Host=db;User=x", "User")]
    [InlineData("Host=db;Protocol=https;RootCertificate=/nowhere/root.crt", "RootCertificate")]
    [InlineData("Host=db;RootCertificate=/nowhere/root.crt", "Protocol=https")]
    [InlineData("nonsense", "Key=Value")]
    public void Nonsense_is_refused_by_name(string text, string named) =>
        Should.Throw<FormatException>(() => ClickHouseOptions.Parse(text)).Message.ShouldContain(named, Case.Insensitive);

    [Fact]
    public void Password_is_not_told()
    {
        ClickHouseOptions.Parse("Host=db;Password=secret").ToString().ShouldNotContain("secret");
        Should.Throw<FormatException>(() => ClickHouseOptions.Parse("Host=db;Password=secret;Port=x")).Message.ShouldNotContain("secret");
    }
}
