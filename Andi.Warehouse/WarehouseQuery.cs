using System.Reflection;
using Andi.Warehouse.Client;

namespace Andi.Warehouse;

/// <summary>A named query of an area: <c>Sql/{area}/queries/{name}.sql</c>, whose comment says which question it answers.</summary>
public sealed record WarehouseQuery
{
    private const string Root = "Sql/";

    private WarehouseQuery(string area, string name, string sql)
    {
        Area = area;
        Name = name;
        Sql = sql;
    }

    public string Area { get; }

    public string Name { get; }

    public string Sql { get; }

    /// <summary>The query of that area and name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static WarehouseQuery Of(string area, string name)
    {
        var resource = $"{Root}{area}/queries/{name}.sql";
        var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource) ?? throw new ArgumentException($"There is no query {area}/{name}.");
        using var reader = new StreamReader(stream);
        return new WarehouseQuery(area, name, reader.ReadToEnd());
    }

    /// <summary>Every named query, by area and name.</summary>
    public static IReadOnlyList<WarehouseQuery> All() =>
    [
        .. from file in SqlFile.All()
           where file.Path is [_, "queries", _]
           select new WarehouseQuery(file.Path[0], file.Name, file.Read()),
    ];

    /// <summary>One call of it. Conditions on parameters that are NULL are left out.</summary>
    public ClickHouseStatement With(ClickHouseParameters parameters) => new(OptionalConditions.Settle(Sql, parameters)) { Name = $"{Area}/{Name}", Parameters = parameters };
}
