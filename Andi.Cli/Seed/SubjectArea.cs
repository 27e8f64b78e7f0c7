using System.CommandLine;
using Andi.Warehouse.Client;

namespace Andi.Cli.Seed;

/// <summary>
/// What a subject area brings to the command line, in the folder of its name: data for <c>seed</c>, with options of its own, and requests for <c>load-test</c>.
/// Areas are found by type (<see cref="SubjectAreas"/>).
/// </summary>
internal abstract class SubjectArea
{
    public abstract string Name { get; }

    /// <summary>The names of the areas whose data this one refers to; theirs is written first.</summary>
    public virtual IReadOnlyList<string> DependsOn => [];

    /// <summary>Options that the area adds to <c>seed</c>.</summary>
    public virtual IReadOnlyList<SeedOption> Options => [];

    /// <summary>The files to import, in turn. The same arguments give the same bytes.</summary>
    public virtual IReadOnlyList<SeedFile> Files(int students, ulong seed) => [];

    /// <summary>Questions that dashboards ask, of what the warehouse holds; none where it holds nothing of the area.</summary>
    public virtual Task<IReadOnlyList<ReadQuestion>> QuestionsAsync(ClickHouseClient warehouse, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReadQuestion>>([]);

    /// <summary>Prepares the writes of a load test; null where the area has none.</summary>
    /// <exception cref="CommandFailure">The write API cannot be reached, or refuses.</exception>
    public virtual Task<LoadWrites?> PrepareWritesAsync(HttpClient http, int clients, CancellationToken cancellationToken) =>
        Task.FromResult<LoadWrites?>(null);
}

/// <summary>The areas of this assembly, each after those that it depends on.</summary>
internal static class SubjectAreas
{
    public static IReadOnlyList<SubjectArea> All { get; } = InOrder([
        .. typeof(SubjectArea).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(SubjectArea)) && !type.IsAbstract)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (SubjectArea)Activator.CreateInstance(type)!),
    ]);

    /// <exception cref="InvalidOperationException">An area depends on one that is not there, or areas depend on each other.</exception>
    internal static IReadOnlyList<SubjectArea> InOrder(IReadOnlyList<SubjectArea> areas)
    {
        var ordered = new List<SubjectArea>();
        while (ordered.Count < areas.Count)
        {
            var next = areas.FirstOrDefault(area => !ordered.Contains(area) && area.DependsOn.All(name => ordered.Exists(other => other.Name == name)))
                ?? throw new InvalidOperationException(
                    $"What do these areas depend on? "
                        + $"{string.Join(", ", areas.Except(ordered).Select(area => $"{area.Name}: {string.Join(", ", area.DependsOn)}"))}");
            ordered.Add(next);
        }

        return ordered;
    }
}

/// <summary>An option of <c>seed</c> that names a file.</summary>
/// <param name="Option">As the command line shows it.</param>
/// <param name="WriteAsync">Writes the file, from its path, the number of students and the seed.</param>
internal sealed record SeedOption(Option<string?> Option, Func<string, int, ulong, CancellationToken, Task> WriteAsync);

/// <summary>A kind of question to the read API.</summary>
/// <param name="Kind">For the figures: <c>read: school</c>.</param>
/// <param name="Paths">Addresses below that of the API, of which each request takes one; at least one.</param>
internal sealed record ReadQuestion(string Kind, IReadOnlyList<string> Paths);

/// <summary>Writes of a load test, which touch nobody's data. Disposing them removes what they made.</summary>
internal abstract class LoadWrites : IAsyncDisposable
{
    /// <summary>For the figures: <c>write: correct a score</c>.</summary>
    public abstract string Kind { get; }

    public abstract HttpRequestMessage Next(int client, Random random);

    public abstract ValueTask DisposeAsync();
}

/// <summary>A CSV file that is made while it is sent.</summary>
internal sealed record SeedFile
{
    /// <summary>All of a kind of things, one row each; those that are there already are brought up to date.</summary>
    /// <param name="write">Writes the row, but its end.</param>
    public static SeedFile Entities(string entity, string header, int count, Func<int, CsvBuffer, CsvBuffer> write) => new()
    {
        Title = entity,
        Entity = entity,
        Mode = "upsert",
        Header = header,
        Count = count,
        Write = (index, csv) =>
        {
            write((int)index, csv).EndRow();
            return true;
        },
    };

    /// <summary>For the progress: <c>scores</c>, <c>corrections</c>.</summary>
    public required string Title { get; init; }

    /// <summary>As in <c>POST /v1/imports/{entity}</c>.</summary>
    public required string Entity { get; init; }

    /// <summary>What becomes of rows that are there already: <c>keep</c>, <c>upsert</c>.</summary>
    public required string Mode { get; init; }

    public required string Header { get; init; }

    /// <summary>How many times <see cref="Write"/> is called.</summary>
    public required long Count { get; init; }

    /// <summary>
    /// Writes the row of an index from 0 to below <see cref="Count"/>, or none; returns whether it wrote one. Depends on nothing but the index.
    /// </summary>
    public required Func<long, CsvBuffer, bool> Write { get; init; }
}
