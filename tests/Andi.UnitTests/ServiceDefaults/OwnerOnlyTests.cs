using System.Runtime.Versioning;
using Andi.Security;

namespace Andi.UnitTests.ServiceDefaults;

[UnsupportedOSPlatform("windows")]
public sealed class OwnerOnlyTests : IDisposable
{
    private const UnixFileMode Open = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _folder = Directory.CreateTempSubdirectory("andi-modes-").FullName;

    public OwnerOnlyTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Replaced_file_is_its_owners_whatever_it_was()
    {
        var file = Made("export.csv");

        OwnerOnly.Create(file).Dispose();

        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Open_folder_is_closed_with_all_below_it_and_links_are_not_followed()
    {
        var elsewhere = Made("elsewhere");
        var root = Directory.CreateDirectory(Path.Combine(_folder, "state")).FullName;
        File.SetUnixFileMode(root, OwnerOnly.Folder | Open | UnixFileMode.OtherExecute);
        var file = Made(Path.Combine("state", "a", "b", "secret"));
        File.CreateSymbolicLink(Path.Combine(root, "link"), elsewhere);

        // The state folder, a, b and the file.
        OwnerOnly.TightenAll(root).ShouldBe(4);

        File.GetUnixFileMode(root).ShouldBe(OwnerOnly.Folder);
        File.GetUnixFileMode(Path.Combine(root, "a")).ShouldBe(OwnerOnly.Folder);
        File.GetUnixFileMode(file).ShouldBe(OwnerOnly.File);
        File.GetUnixFileMode(elsewhere).ShouldBe(OwnerOnly.File | Open);
        OwnerOnly.TightenAll(root).ShouldBe(0);
    }

    [Fact]
    public void Folder_that_lets_a_group_pass_stays_so()
    {
        var root = Directory.CreateDirectory(Path.Combine(_folder, "passed")).FullName;
        File.SetUnixFileMode(root, OwnerOnly.Folder | UnixFileMode.GroupExecute);

        OwnerOnly.CreateFolder(root);

        OwnerOnly.TightenAll(root).ShouldBe(0);
        File.GetUnixFileMode(root).ShouldBe(OwnerOnly.Folder | UnixFileMode.GroupExecute);
    }

    private string Made(string name)
    {
        var file = Path.Combine(_folder, name);
        for (var folder = Path.GetDirectoryName(file)!; folder != _folder; folder = Path.GetDirectoryName(folder)!)
        {
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, OwnerOnly.Folder | Open | UnixFileMode.OtherExecute);
        }

        File.WriteAllText(file, "x");
        File.SetUnixFileMode(file, OwnerOnly.File | Open);
        return file;
    }
}
