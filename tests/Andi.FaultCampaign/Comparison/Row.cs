namespace Andi.FaultCampaign.Comparison;

/// <summary>A row as PostgreSQL gives it: text, integers, double precision, jsonb (<see cref="Json"/>) or null, by the name the API has for it.</summary>
internal sealed record Row(IReadOnlyDictionary<string, object?> Values)
{
    public string Text(string name) => Values[name] as string ?? "";

    public Row With(string name, object? value) => new(new Dictionary<string, object?>(Values) { [name] = value });

    /// <summary>A value of type jsonb.</summary>
    public sealed record Json(string Text);
}
