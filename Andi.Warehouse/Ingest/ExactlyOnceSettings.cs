using Andi.Warehouse.Client;

namespace Andi.Warehouse.Ingest;

/// <summary>
/// The settings of an insert that may be repeated with the same token and the same rows and then changes nothing, in the table and in everything
/// that materialized views derive from it. All are set explicitly: their defaults changed between releases (24.7, 25.9, 26.2), and so did their names,
/// so the server is asked once which of them it has.
/// </summary>
public sealed class ExactlyOnceSettings
{
    /// <summary>An insert is one block up to this many rows; more would be split, and the parts tell apart only by their order.</summary>
    public const int MaxRows = 4_000_000;

    /// <summary>
    /// How many inserts may follow into a landing table while one is pending: its token must not be forgotten meanwhile. A table remembers as many tokens
    /// as its <c>non_replicated_deduplication_window</c> says, and an insert leaves one for each partition that it touches, so that every table that an
    /// insert reaches has to remember at least this many times the partitions that its rows can be in: over <see cref="MostMonths"/> where it has a
    /// partition a month.
    /// </summary>
    public const int MaxInsertsWhilePending = 30;

    /// <summary>The months that rows may be dated in, from 1970 to 2099.</summary>
    public const int MostMonths = 130 * 12;

    private const string Token = "insert_deduplication_token";

    private static readonly Dictionary<string, string> Wanted = new()
    {
        ["insert_deduplicate"] = "1",
        ["deduplicate_insert"] = "enable",
        ["deduplicate_blocks_in_dependent_materialized_views"] = "1",
        // An asynchronous insert is merged with others, and its token with theirs.
        ["async_insert"] = "0",
        // One block in, in one order: the token names it whole.
        ["max_insert_threads"] = "1",
        ["input_format_parallel_parsing"] = "0",
        ["max_insert_block_size"] = "4000000",
        ["min_insert_block_size_rows"] = "4000000",
        ["min_insert_block_size_bytes"] = "8000000000",
        // One block out of each view as well: a GROUP BY's blocks come in any order, and their tokens are numbered in that order.
        ["min_insert_block_size_rows_for_materialized_views"] = "4000000",
        ["min_insert_block_size_bytes_for_materialized_views"] = "8000000000",
        // A view that fails fails the insert; it is repeated with the same token until all is there.
        ["materialized_views_ignore_errors"] = "0",
        ["optimize_on_insert"] = "1",
        // A batch of history has a partition a month.
        ["max_partitions_per_insert_block"] = "0",
        ["date_time_input_format"] = "best_effort",
    };

    private readonly Dictionary<string, string> _settings;

    private ExactlyOnceSettings(Dictionary<string, string> settings) => _settings = settings;

    /// <summary>Asks the server which of the settings it knows.</summary>
    public static async Task<ExactlyOnceSettings> DiscoverAsync(ClickHouseClient client, CancellationToken cancellationToken = default)
    {
        var known = await client.QueryAsync<SettingName>(
            new ClickHouseStatement("SELECT name FROM system.settings WHERE name IN {names:Array(String)}")
            {
                Name = "system.settings",
                Parameters = new() { { "names", Wanted.Keys } },
            },
            cancellationToken);
        var names = known.Select(setting => setting.Name).ToHashSet();
        return new(Wanted.Where(setting => names.Contains(setting.Key)).ToDictionary());
    }

    /// <summary>The settings for one insert.</summary>
    /// <param name="token">Names the rows: the same token always comes with the same rows in the same order.</param>
    public IReadOnlyDictionary<string, string> For(string token) => new Dictionary<string, string>(_settings) { [Token] = token };
}

internal sealed record SettingName(string Name);
