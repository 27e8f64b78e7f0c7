using System.Globalization;
using Andi.EmbeddedClickHouse.Security;
using Microsoft.Extensions.Options;

namespace Andi.EmbeddedClickHouse;

/// <summary>Tells, before anything starts, what of the configuration cannot be.</summary>
internal sealed class OptionsCheck : IValidateOptions<EmbeddedClickHouseOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddedClickHouseOptions options)
    {
        var failures = new List<string>();
        if (options.DataPath.Length == 0)
        {
            failures.Add("ClickHouse:DataPath is missing: the folder that holds the databases.");
        }

        if (string.IsNullOrWhiteSpace(options.Host))
        {
            failures.Add("ClickHouse:Host is empty: the address to listen on.");
        }

        if (string.IsNullOrWhiteSpace(options.User))
        {
            failures.Add("ClickHouse:User is empty: the name of the user who may do everything.");
        }

        failures.AddRange(AccessCheck.Failures(options));
        if (options.BackupsPath is { Length: > 0 } backups && !Path.IsPathFullyQualified(backups))
        {
            failures.Add($"ClickHouse:BackupsPath is '{backups}'; it must be an absolute path.");
        }

        Range(nameof(options.Port), options.Port, 0, 65535);
        Range(nameof(options.MaxConnections), options.MaxConnections, 1, 256);
        Range(nameof(options.ConnectionWaitTimeout), options.ConnectionWaitTimeout, TimeSpan.Zero, TimeSpan.FromHours(1));
        Range(nameof(options.ClientTimeout), options.ClientTimeout, TimeSpan.FromSeconds(2), TimeSpan.FromHours(24));
        Range(nameof(options.DrainTimeout), options.DrainTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Range(nameof(options.MaxServerMemoryUsage), options.MaxServerMemoryUsage, 0, long.MaxValue);
        Range(nameof(options.MaxMemoryUsage), options.MaxMemoryUsage, 0, long.MaxValue);
        Range(nameof(options.MaxStatementBytes), options.MaxStatementBytes, 1024, 1 << 30);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Range<T>(string option, T value, T minimum, T maximum)
            where T : IComparable<T>
        {
            if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
            {
                failures.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{EmbeddedClickHouseOptions.Section}:{option} is {value}; it must be from {minimum} to {maximum}."));
            }
        }
    }
}
