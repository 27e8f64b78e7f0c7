using Andi.Ingestor.Landing;

namespace Andi.Ingestor.Partitions;

/// <summary>One insert of a batch: either rows, or the retraction of all that stand.</summary>
internal readonly record struct BatchStep(LandingBatch? Rows, Truncation? Truncation);
