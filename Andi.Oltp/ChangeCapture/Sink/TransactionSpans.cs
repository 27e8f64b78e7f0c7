using System.Diagnostics;
using Andi.ChangeEvents;
using Andi.Oltp.ChangeCapture.Source;

namespace Andi.Oltp.ChangeCapture.Sink;

/// <summary>
/// The spans of a transaction's way to Kafka: one per topic, children of the request that wrote it, however many rows it has
/// (https://opentelemetry.io/docs/specs/semconv/messaging/kafka/).
/// </summary>
internal sealed class TransactionSpans(WalTransaction transaction)
{
    private Dictionary<string, TopicSpan>? _spans;

    /// <summary>Counts an event of the table and gives its trace context; null where the transaction came without one.</summary>
    public string? TraceParentFor(RelationShape table)
    {
        if (transaction.TraceParent is null)
        {
            return null;
        }

        _spans ??= new Dictionary<string, TopicSpan>(StringComparer.Ordinal);
        if (!_spans.TryGetValue(table.Topic, out var topic))
        {
            var span = RelayMetrics.Activities.StartActivity($"send {table.Topic}", ActivityKind.Producer, transaction.TraceParent);
            span?.SetTag("messaging.system", "kafka");
            span?.SetTag("messaging.operation.name", "send");
            span?.SetTag("messaging.operation.type", "send");
            span?.SetTag("messaging.destination.name", table.Topic);
            span?.SetTag("andi.commit_lsn", Position.FormatLsn(transaction.CommitLsn));
            _spans[table.Topic] = topic = new TopicSpan(span);
        }

        topic.Events++;
        return topic.Span?.Id ?? transaction.TraceParent;
    }

    /// <summary>Ends the spans: the transaction is queued as a whole.</summary>
    public void End()
    {
        foreach (var topic in _spans?.Values ?? Enumerable.Empty<TopicSpan>())
        {
            topic.Span?.SetTag("messaging.batch.message_count", topic.Events);
            topic.Span?.Stop();
        }
    }

    private sealed class TopicSpan(Activity? span)
    {
        public Activity? Span => span;

        public int Events { get; set; }
    }
}
