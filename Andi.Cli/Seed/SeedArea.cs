namespace Andi.Cli.Seed;

/// <summary>The seed data of a subject area, in the folder of its name. Areas are found by type, in the order of their names.</summary>
internal abstract class SeedArea
{
    public static readonly IReadOnlyList<SeedArea> All =
    [
        .. typeof(SeedArea).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(SeedArea)) && !type.IsAbstract)
            .Select(type => (SeedArea)Activator.CreateInstance(type)!)
            .OrderBy(area => area.Name, StringComparer.Ordinal),
    ];

    public abstract string Name { get; }

    /// <summary>The files to import, in turn. The same arguments give the same bytes.</summary>
    public abstract IReadOnlyList<SeedFile> Files(int students, ulong seed);
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

    /// <summary>Writes the row of an index from 0 to below <see cref="Count"/>, or none; returns whether it wrote one. Depends on nothing but the index.</summary>
    public required Func<long, CsvBuffer, bool> Write { get; init; }
}
