namespace Andi.EmbeddedClickHouse.Statements;

/// <summary>Values for the <c>{name:Type}</c> placeholders of a statement, in the text form ClickHouse takes from <c>param_name</c>.</summary>
internal sealed record QueryParameters(IReadOnlyList<string> Names, IReadOnlyList<string> Values)
{
    public static QueryParameters None { get; } = new([], []);

    public int Count => Names.Count;
}
