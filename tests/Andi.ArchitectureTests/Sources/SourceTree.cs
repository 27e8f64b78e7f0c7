namespace Andi.ArchitectureTests.Sources;

/// <summary>The files of the repository that rules look at, or a few made-up ones.</summary>
internal sealed class SourceTree
{
    private static readonly string[] Extensions = [".cs", ".sql", ".md", ".csproj", ".props", ".razor", ".resx"];
    private static readonly string[] SkippedFolders = ["bin", "obj", "node_modules", "TestResults", "artifacts"];

    private readonly HashSet<string> _paths;

    /// <param name="files">With their texts.</param>
    /// <param name="paths">Every path there is, files and folders, also of files whose text no rule reads.</param>
    public SourceTree(IReadOnlyList<SourceFile> files, IEnumerable<string> paths)
    {
        Files = files;
        _paths = [.. paths];
        Names = NamesOfAreas.In(this);
    }

    /// <summary>The repository that this test was built in.</summary>
    public static SourceTree Repository { get; } = Read(Root());

    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>What the areas' own folders say they are, store and need.</summary>
    public NamesOfAreas Names { get; }

    /// <summary>All paths, relative to the root, with forward slashes.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    public IEnumerable<SourceFile> CSharp => Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal));

    public IEnumerable<SourceFile> Documents => Files.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal));

    public bool Has(string path) => _paths.Contains(path.TrimEnd('/'));

    /// <summary>Whether a folder of this name holds what is built or installed.</summary>
    public static bool IsSkipped(string folder) => SkippedFolders.Contains(folder);

    /// <summary>A tree of made-up files.</summary>
    public static SourceTree Of(params (string Path, string Text)[] files) =>
        new([.. files.Select(file => new SourceFile(file.Path, file.Text))], files.SelectMany(file => WithFolders(file.Path)));

    private static SourceTree Read(string root)
    {
        var found = Walk(new DirectoryInfo(root)).Select(file => Path.GetRelativePath(root, file.FullName).Replace('\\', '/')).Order(StringComparer.Ordinal)
            .ToList();
        var files = found.Where(
            path => path == "Makefile" || path.EndsWith("/area.json", StringComparison.Ordinal) || Extensions.Contains(Path.GetExtension(path)))
            .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(root, path))));
        return new SourceTree([.. files], found.SelectMany(WithFolders));
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) => folder.EnumerateFiles().Concat(folder.EnumerateDirectories()
        .Where(child => !IsSkipped(child.Name) && (!child.Name.StartsWith('.') || child.Name is ".ci" or ".config" or ".devcontainer"))
        .SelectMany(Walk));

    private static IEnumerable<string> WithFolders(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..end];
        }
    }

    /// <summary>The folder of the solution.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not below the repository.");
        }

        return folder.FullName;
    }
}
