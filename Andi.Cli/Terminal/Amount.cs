using System.Globalization;

namespace Andi.Cli.Terminal;

/// <summary>Numbers as people read them.</summary>
internal static class Amount
{
    private static readonly string[] Sizes = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>12.3 MiB.</summary>
    public static string Bytes(double bytes)
    {
        var size = 0;
        while (Math.Abs(bytes) >= 1024 && size < Sizes.Length - 1)
        {
            bytes /= 1024;
            size++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {Sizes[size]}");
    }

    /// <summary>12,345 or 0.5.</summary>
    public static string Number(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>0.4 ms, 1.2 s, 3 min.</summary>
    public static string Time(double milliseconds) => milliseconds switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.#} ms"),
        < 120_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1_000:0.#} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000:0} min"),
    };
}
