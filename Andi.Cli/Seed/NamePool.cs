using Bogus;

namespace Andi.Cli.Seed;

/// <summary>Names that read like real ones. A few hundred are drawn once; people get combinations of them.</summary>
internal sealed class NamePool
{
    private const int Size = 400;
    private readonly string[] _first;
    private readonly string[] _last;
    private readonly string[] _cities;
    private readonly KeyedRandom _random;

    public NamePool(ulong seed)
    {
        _random = new KeyedRandom(seed, 1);
        var faker = new Faker("en") { Random = new Randomizer((int)_random.Bits(0)) };
        _first = Draw(() => faker.Name.FirstName());
        _last = Draw(() => faker.Name.LastName());
        _cities = Draw(() => faker.Address.City());
    }

    public string Person(ulong key) => $"{First(key)} {Last(key)}";

    public string First(ulong key) => _first[_random.Below((key * 4) + 1, _first.Length)];

    public string Last(ulong key) => _last[_random.Below((key * 4) + 2, _last.Length)];

    public string City(ulong key) => _cities[_random.Below((key * 4) + 3, _cities.Length)];

    private static string[] Draw(Func<string> draw)
    {
        var names = new string[Size];
        for (var index = 0; index < names.Length; index++)
        {
            names[index] = draw();
        }

        return names;
    }
}
