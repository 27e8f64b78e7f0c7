using System.Globalization;
using System.Text.RegularExpressions;
using Andi.Warehouse.Ingest;
using Andi.Warehouse.Migrations;

namespace Andi.UnitTests.Warehouse;

/// <summary>The limit of inserts while a batch is pending, against what each table remembers.</summary>
public sealed partial class RememberedTokensTests
{
    [Fact]
    public void Every_table_remembers_a_pending_token_beyond_all_inserts_that_may_follow_it()
    {
        var (partitions, tokens) = (new Dictionary<string, int>(), new Dictionary<string, int>());
        foreach (var statement in MigrationCatalog.Embedded().Files.SelectMany(file => file.Statements))
        {
            if (Table().Match(statement) is not { Success: true } table || statement.Contains(" _attempt ", StringComparison.Ordinal))
            {
                continue;
            }

            var name = table.Groups["name"].Value;
            if (PartitionKey().Match(statement) is { Success: true } key)
            {
                partitions[name] = PartitionsOfAnInsert(key.Groups["key"].Value);
            }

            if (Window().Match(statement) is { Success: true } window)
            {
                tokens[name] = int.Parse(window.Groups["tokens"].Value, CultureInfo.InvariantCulture);
            }
        }

        partitions.Count.ShouldBeGreaterThan(15);
        foreach (var (name, most) in partitions)
        {
            tokens[name].ShouldBeGreaterThan(ExactlyOnceSettings.MaxInsertsWhilePending * most, name);
        }
    }

    // The commits of one batch lie close together, so that its rows are of one month of commits or of two.
    private static int PartitionsOfAnInsert(string key) =>
        key.Contains("(_committed_at)", StringComparison.Ordinal) ? 2
        : key.Contains("toYYYYMM(", StringComparison.Ordinal) ? ExactlyOnceSettings.MostMonths
        : key.Contains("toYear(", StringComparison.Ordinal) ? ExactlyOnceSettings.MostMonths / 12
        : key == "_generation" ? 1
        : throw new NotSupportedException($"Nothing is known about how many partitions by {key} an insert touches.");

    [GeneratedRegex(@"^(CREATE OR REPLACE TABLE|CREATE TABLE IF NOT EXISTS|ALTER TABLE) (?<name>(staging|facts|dims|agg)\.\w+)", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^PARTITION BY (?<key>.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex PartitionKey();

    [GeneratedRegex(@"\bnon_replicated_deduplication_window = (?<tokens>\d+)\b")]
    private static partial Regex Window();
}
