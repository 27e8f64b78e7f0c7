using System.CommandLine;
using System.Globalization;
using Andi.Security;

namespace Andi.Cli.Tokens;

/// <summary>
/// How long a token of development is valid: <c>90m</c>, <c>12h</c>, <c>7d</c> or <c>d.hh:mm:ss</c>, between a minute and what services accept.
/// </summary>
internal static class TokenLifetime
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    public static Option<TimeSpan> Option() => new("--expires")
    {
        Description = $"How long the token is valid: 90m, 12h, 7d or d.hh:mm:ss, at most {BearerToken.MaxLifetime.TotalDays}d.",
        HelpName = "time",
        DefaultValueFactory = _ => BearerToken.DefaultLifetime,
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (TryParse(given, out var lifetime))
            {
                return lifetime;
            }

            result.AddError(
                $"--expires is '{given}', but must be a time such as 90m, 12h, 7d or 1.06:00:00, from 1m to {BearerToken.MaxLifetime.TotalDays}d.");
            return default;
        },
    };

    internal static bool TryParse(string text, out TimeSpan lifetime)
    {
        lifetime = default;
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out lifetime) && IsAllowed(lifetime);
        }

        // A number alone would be days to some and seconds to others.
        var unit = text.Length == 0 ? 0 : text[^1] switch
        {
            'm' => TimeSpan.TicksPerMinute,
            'h' => TimeSpan.TicksPerHour,
            'd' => TimeSpan.TicksPerDay,
            _ => 0,
        };
        if (unit == 0 || !uint.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count > BearerToken.MaxLifetime.TotalMinutes)
        {
            return false;
        }

        lifetime = TimeSpan.FromTicks(count * unit);
        return IsAllowed(lifetime);
    }

    private static bool IsAllowed(TimeSpan lifetime) => lifetime >= Least && lifetime <= BearerToken.MaxLifetime;
}
