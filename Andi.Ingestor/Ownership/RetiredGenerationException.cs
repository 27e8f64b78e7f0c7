namespace Andi.Ingestor.Ownership;

/// <summary>Readers have left the topic's generation behind: its events are no longer landed.</summary>
internal sealed class RetiredGenerationException(string topic) : Exception($"The generation of {topic} is retired; its events are not landed any more.");
