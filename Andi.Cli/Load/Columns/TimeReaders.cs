using System.Globalization;
using Andi.Oltp.Imports;
using Andi.Oltp.Validation;

namespace Andi.Cli.Load.Columns;

/// <summary><c>2026-05-01</c>.</summary>
internal sealed class DateReader(DateOnly first, DateOnly last, bool isWide) : ValueReader
{
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    public override string? Read(ReadOnlySpan<byte> utf8, RowBytes row)
    {
        if (!CsvDate.TryRead(utf8, out var date))
        {
            return $"must be a day such as 2026-05-01, not '{Shown.Of(utf8)}'";
        }

        if (date < first || date > last)
        {
            return string.Create(CultureInfo.InvariantCulture, $"must be from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}, not {date:yyyy-MM-dd}");
        }

        if (isWide)
        {
            row.Write(date.DayNumber - Epoch);
        }
        else
        {
            row.Write((ushort)(date.DayNumber - Epoch));
        }

        return null;
    }
}

/// <summary><c>2026-05-01T09:30:00Z</c>, with its offset from UTC; what is finer than the column must be 0.</summary>
internal sealed class InstantReader(int places) : ValueReader
{
    private static readonly DateTime First = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime End = new(2300, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly long _unit = TimeSpan.TicksPerSecond / (long)Math.Pow(10, places);

    public override string? Read(ReadOnlySpan<byte> utf8, RowBytes row)
    {
        if (!UtcInstant.TryRead(utf8, out var instant))
        {
            return $"{UtcInstant.Expected}, not '{Shown.Of(utf8)}'";
        }

        if (instant < First || instant >= End)
        {
            return $"must be of the years from 1900 to 2299, not '{Shown.Of(utf8)}'";
        }

        if (IsFiner(utf8))
        {
            return $"has more than {places} decimal places of a second: '{Shown.Of(utf8)}'";
        }

        row.Write((instant - DateTime.UnixEpoch).Ticks / _unit);
        return null;
    }

    private bool IsFiner(ReadOnlySpan<byte> utf8)
    {
        var point = utf8.IndexOf((byte)'.');
        if (point < 0)
        {
            return false;
        }

        var fraction = utf8[(point + 1)..];
        fraction = fraction[..fraction.IndexOfAnyExceptInRange((byte)'0', (byte)'9')];
        return fraction.Length > places && fraction[places..].ContainsAnyExcept((byte)'0');
    }
}
