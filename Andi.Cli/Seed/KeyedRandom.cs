using Bogus;

namespace Andi.Cli.Seed;

/// <summary>
/// Random numbers that depend on nothing but a seed and a key: the same row comes out the same whatever was made before it, so files can be made in
/// parts, again, and without keeping them. (SplitMix64, https://prng.di.unimi.it/splitmix64.c, used as a hash.)
/// </summary>
internal readonly struct KeyedRandom(ulong seed, ulong stream)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private readonly ulong _key = Mix((seed * Golden) ^ Mix(stream + Golden));

    public ulong Bits(ulong key) => Mix(_key + (key * Golden));

    /// <summary>From 0 to below <paramref name="count"/>.</summary>
    public int Below(ulong key, int count) => (int)(((Bits(key) >> 32) * (ulong)count) >> 32);

    /// <summary>From 0 to below 1.</summary>
    public double Fraction(ulong key) => (Bits(key) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Approximately normal with mean 0 and standard deviation 1: the sum of four uniform numbers out of the same 64 bits.</summary>
    public double Normal(ulong key)
    {
        const double Deviation = 0.577350269189626; // of the sum of four: √(4/12)
        var bits = Bits(key);
        var sum = ((bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48)) / 65_536.0;
        return (sum - 2) / Deviation;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

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
