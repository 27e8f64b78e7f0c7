using System.Globalization;
using Andi.Sql;
using Andi.Topology;
using Npgsql;

namespace Andi.Oltp.Storage;

/// <summary>
/// Knows from which month on the warehouse's rows count, as the ingestor notes it in the ledger: who records something older is told that no answer will
/// show it. Until it is known, nobody is told anything.
/// </summary>
public sealed partial class CountedMonths(IConfiguration configuration, TimeProvider time, ILogger<CountedMonths> logger) : BackgroundService
{
    /// <summary>Of an answer to a write that succeeded; says what may not be as the caller expects.</summary>
    public const string WarningHeader = "Andi-Warning";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private static readonly string OldestSql = EmbeddedSql.Read("Storage/Sql/oldest_month.sql");

    /// <summary>The first day of the oldest month that counts; null while it is not known.</summary>
    public DateOnly? Oldest { get; private set; }

    /// <summary>What to say of what is older.</summary>
    public static string Warning(DateOnly oldest) =>
        string.Create(CultureInfo.InvariantCulture, $"the warehouse keeps what happened from {oldest:O} on.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration.GetConnectionString(ConnectionNames.Ingest) is not { } connectionString)
        {
            return;
        }

        await using var ledger = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 1 });
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var command = ledger.CreateCommand(OldestSql);
                Oldest = await command.ExecuteScalarAsync(stoppingToken) as DateOnly? ?? Oldest;
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
            {
                LogNotKnown(failure, LookEvery.TotalSeconds);
            }

            await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1131, LogLevel.Debug, "The months that count are not known; again in {Seconds} s.")]
    private partial void LogNotKnown(Exception failure, double seconds);
}

internal static class OldDates
{
    /// <summary>Adds the header <c>Andi-Warning</c> where what was recorded is older than what the warehouse keeps.</summary>
    public static void WarnOfOldDate(this HttpResponse response, DateOnly? happenedOn)
    {
        if (happenedOn is { } day && response.HttpContext.RequestServices.GetRequiredService<CountedMonths>().Oldest is { } oldest && day < oldest)
        {
            response.Headers[CountedMonths.WarningHeader] =
                string.Create(CultureInfo.InvariantCulture, $"No answer shows what happened on {day:O}: {CountedMonths.Warning(oldest)}");
        }
    }
}
