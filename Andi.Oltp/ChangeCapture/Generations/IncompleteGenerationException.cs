namespace Andi.Oltp.ChangeCapture.Generations;

/// <summary>A generation misses something that it can never get again; the next one takes its place.</summary>
internal sealed class IncompleteGenerationException(string reason, Exception? cause = null) : Exception(reason, cause);
