using Andi.ChangeEvents;
namespace Andi.Ingestor.DeadLetters;

/// <summary>Where messages go, whole, that cannot be ingested. A topic in the product, a model in the simulation.</summary>
internal interface IDeadLetterSink
{
    /// <summary>Returns once all of them are kept. Sending one again is no harm: it is known by the place of the original.</summary>
    Task SendAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);
}
