namespace Andi.EmbeddedClickHouse.Http;

/// <summary>
/// Makes Kestrel close the connection without the end mark of the chunked answer, so that no client takes a part of a result for the whole.
/// </summary>
internal sealed class AnswerBrokenOffException() : Exception("The statement failed after its answer had started; the connection is closed.");
