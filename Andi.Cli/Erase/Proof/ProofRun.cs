using System.Globalization;
using System.Text.Json;
using Andi.Cli.DeadLetters;
using Andi.Cli.Terminal;
using Andi.Topology;
using Andi.Warehouse.Client;
using Npgsql;

namespace Andi.Cli.Erase.Proof;

/// <summary>Looks for a person in everything that a system keeps, and says of each place when it goes.</summary>
/// <param name="warehouse">Whose tables are searched.</param>
/// <param name="ledger">Which knows the dead letters.</param>
/// <param name="stores">Where everything is.</param>
/// <param name="folders">Whose files are searched.</param>
internal sealed class ProofRun(ClickHouseClient warehouse, NpgsqlDataSource ledger, RunningStores stores, IReadOnlyList<string> folders)
{
    public async Task<ProofOutput> RunAsync(
        string id, IReadOnlyList<string> names, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> words = [id, .. names];
        var needles = new Needles(words);
        // What is in memory only is on disk then, and what was deleted is not.
        await using (var source = NpgsqlDataSource.Create(stores.Oltp))
        await using (var checkpoint = source.CreateCommand("CHECKPOINT"))
        {
            checkpoint.CommandTimeout = 0;
            await checkpoint.ExecuteNonQueryAsync(cancellationToken);
        }

        var tables = new WarehouseSearch(warehouse, needles);
        var files = new FileSearch(needles, words, await tables.InactivePartsAsync(cancellationToken), stores.EventDays);
        var hits = new List<Hit>(await tables.RunAsync(begin, cancellationToken));
        hits.AddRange(await LettersAsync(needles, cancellationToken));
        foreach (var folder in folders)
        {
            await files.RunAsync(folder, begin, cancellationToken);
        }

        hits.AddRange(files.Hits);
        var unsearched = new List<Unsearched>(files.Unsearched);
        if (!files.SawPostgres)
        {
            unsearched.Add(new(ResourceNames.Postgres, "its files are in none of the folders"));
        }

        if (!files.SawKafka)
        {
            unsearched.Add(new(ResourceNames.KafkaBroker, "its files are in none of the folders"));
        }

        return new ProofOutput(unsearched.Count == 0 && hits.TrueForAll(hit => hit.Until is not null), files.Files, files.Bytes, hits, unsearched);
    }

    // In base64, which no file shows.
    private async Task<IReadOnlyList<Hit>> LettersAsync(Needles needles, CancellationToken cancellationToken)
    {
        var places = (await new LedgerLetters(ledger).AllAsync(cancellationToken)).Select(letter => letter.Place).ToList();
        if (places.Count == 0)
        {
            return [];
        }

        var until = stores.EventDays is { } days
            ? string.Create(CultureInfo.InvariantCulture, $"{days} days after it was set aside")
            : "the broker's own retention.ms";
        return
        [
            .. from letter in new LetterTopic(stores.Kafka).Find(places, cancellationToken)
               where needles.IsIn(letter.Value.Value) || needles.IsIn(letter.Value.Key)
               select new Hit(ResourceNames.KafkaBroker, $"dead letter {letter.Key}", null, 0, until),
        ];
    }
}

/// <summary>What <c>erase --proof</c> answers. Words are told by their number, as an answer that is kept must not be the next leak: 0 is the id.</summary>
/// <param name="Ok">Nothing is left but what goes by itself, and all was searched.</param>
/// <param name="Files">That were searched.</param>
/// <param name="Bytes">Of these.</param>
/// <param name="Hits">Where something was found.</param>
/// <param name="Unsearched">What could not be searched.</param>
internal sealed record ProofOutput(bool Ok, long Files, long Bytes, IReadOnlyList<Hit> Hits, IReadOnlyList<Unsearched> Unsearched)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, Json));
            return;
        }

        foreach (var hit in Hits.OrderBy(hit => hit.Until is not null).ThenBy(hit => hit.Place, StringComparer.Ordinal))
        {
            var place = hit.Offset is { } offset ? string.Create(CultureInfo.InvariantCulture, $"{hit.Place} at {offset}") : hit.Place;
            Console.WriteLine($"{(hit.Until is null ? "LEFT" : "left for a time")}: {hit.Store}: {place}{(hit.Until is null ? "" : $"; until {hit.Until}")}");
        }

        foreach (var place in Unsearched)
        {
            Console.WriteLine($"NOT SEARCHED: {place.Place}: {place.Why}");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Files:N0} files, {Amount.Bytes(Bytes)}, and every text column of ClickHouse: "
                + $"{Hits.Count(hit => hit.Until is null)} places where something stays, {Hits.Count(hit => hit.Until is not null)} where it goes by itself."));
    }
}
