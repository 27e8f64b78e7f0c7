using System.Text.Json;
using Andi.AppHost.State;
using Andi.Testing;

namespace Andi.AppHost.Tests;

public sealed class StateFolderTests
{
    [Theory]
    [InlineData("folder")]
    [InlineData("file")]
    [InlineData("link to a folder")]
    [InlineData("link to nothing")]
    [InlineData("nothing")]
    public void Wiped_data_is_gone_however_it_lies(string kind)
    {
        var root = TestState.Empty("wipe");
        var elsewhere = Path.Combine(root, "elsewhere");
        using var state = new StateFolder(Path.Combine(root, "state"));
        var data = state.Data("postgres");
        switch (kind)
        {
            case "folder":
                File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(data, "base")).FullName, "1"), "row");
                break;
            case "file":
                File.WriteAllText(data, "row");
                break;
            case "link to a folder":
                File.WriteAllText(Path.Combine(Directory.CreateDirectory(elsewhere).FullName, "1"), "row");
                File.CreateSymbolicLink(data, elsewhere);
                break;
            case "link to nothing":
                File.CreateSymbolicLink(data, elsewhere);
                break;
        }

        state.WipeData();
        state.WipeData();

        Directory.EnumerateFileSystemEntries(state.DataRoot).ShouldBeEmpty();
        Directory.Exists(elsewhere).ShouldBeFalse();
        File.Exists(Path.Combine(state.Root, "host.lock")).ShouldBeTrue();
    }

    [Fact]
    public void Port_is_taken_again_by_the_next_start()
    {
        var root = TestState.Empty("ports");
        int first;
        using (var state = new StateFolder(root))
        {
            var ports = new PortStore(state, new Dictionary<string, int>());
            first = ports.Take("postgres");
            ports.Remember();
        }

        using var next = new StateFolder(root);
        new PortStore(next, new Dictionary<string, int>()).Take("postgres").ShouldBe(first);
        JsonDocument.Parse(File.ReadAllText(next.Ports)).RootElement.GetProperty("postgres").GetInt32().ShouldBe(first);
    }

    [Theory]
    [InlineData("Host=h;Port=1;Protocol=http;Username=u;Password=p;Database=d", "http://u:p@h:1")]
    [InlineData("Host=h;Protocol=https;Username=u;Password=p@ss/w:1", "https://u:p%40ss%2Fw%3A1@h:8443")]
    public void Warehouse_url_has_user_and_password_in_it(string connectionString, string url) => StartReport.WarehouseUrl(connectionString).ShouldBe(url);
}
