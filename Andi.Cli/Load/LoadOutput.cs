using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Oltp.Imports;

namespace Andi.Cli.Load;

/// <summary>What <c>load</c> answers, for people and for programs.</summary>
/// <param name="Outcome">What became of the file.</param>
/// <param name="Table">With its database.</param>
/// <param name="File">As it was given.</param>
/// <param name="FileId">SHA-256 of its content.</param>
/// <param name="Rows">Of the file, without the header.</param>
/// <param name="BadRows">How many of them are refused, the header counted where it is wrong.</param>
/// <param name="Rejects">The first of the reasons.</param>
/// <param name="Recorded">Where the file counts: since when, and under which name it was loaded.</param>
internal sealed record LoadOutput(
    LoadOutcome Outcome, string Table, string File, string FileId, long Rows, long BadRows, IReadOnlyList<RowReject> Rejects, LoadedFile? Recorded)
{
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, LoadOutputJson.Default.LoadOutput));
            return;
        }

        foreach (var reject in Rejects)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{File}:{reject.Line}: {(reject.Field is null ? "" : $"{reject.Field} ")}{reject.Reason}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{File}: {Sentence()}"));
    }

    private FormattableString Sentence() => Outcome switch
    {
        LoadOutcome.Loaded => $"{Rows:N0} rows loaded into {Table}.",
        LoadOutcome.AlreadyLoaded => $"is in {Table} already, since {Recorded!.LoadedAt:yyyy-MM-dd HH:mm:ss} UTC as {Recorded.FileName} with {Recorded.Rows:N0} rows; nothing was changed.",
        LoadOutcome.Valid => $"{Rows:N0} rows could be loaded into {Table}; nothing was changed.",
        _ => $"not loaded: {BadRows:N0} {(BadRows == 1 ? "row is" : "rows are")} wrong{(Rejects.Count < BadRows ? ", the first of them above" : "")}.",
    };
}

internal enum LoadOutcome
{
    /// <summary>Its rows count now.</summary>
    Loaded,

    /// <summary>They did before.</summary>
    AlreadyLoaded,

    /// <summary>Nothing is wrong with it; it was not to be loaded.</summary>
    Valid,

    /// <summary>A row is wrong; none counts.</summary>
    Refused,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LoadOutput))]
internal sealed partial class LoadOutputJson : JsonSerializerContext;
