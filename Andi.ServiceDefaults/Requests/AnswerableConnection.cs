using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Andi.Requests;

/// <summary>
/// A connection to which an answer can be written past the server. TLS replaces the transport of a connection by one that encrypts: the answer goes to the one
/// that was set last, which is the one that the server speaks HTTP on.
/// </summary>
internal sealed class AnswerableConnection(ConnectionContext inner) : ConnectionContext
{
    private Duplex _transport = new(inner.Transport);

    public override string ConnectionId
    {
        get => inner.ConnectionId;
        set => inner.ConnectionId = value;
    }

    public override IFeatureCollection Features => inner.Features;

    public override IDictionary<object, object?> Items
    {
        get => inner.Items;
        set => inner.Items = value;
    }

    public override IDuplexPipe Transport
    {
        get => _transport;
        set => _transport = value as Duplex ?? new Duplex(value);
    }

    public override EndPoint? LocalEndPoint
    {
        get => inner.LocalEndPoint;
        set => inner.LocalEndPoint = value;
    }

    public override EndPoint? RemoteEndPoint
    {
        get => inner.RemoteEndPoint;
        set => inner.RemoteEndPoint = value;
    }

    public override CancellationToken ConnectionClosed
    {
        get => inner.ConnectionClosed;
        set => inner.ConnectionClosed = value;
    }

    public override void Abort(ConnectionAbortedException abortReason) => inner.Abort(abortReason);

    public override void Abort() => inner.Abort();

    /// <summary>Sends the bytes, and nothing that is written from then on.</summary>
    public void AnswerInstead(byte[] answer) => _transport.Answers.AnswerInstead(answer);

    private sealed class Duplex(IDuplexPipe inner) : IDuplexPipe
    {
        public Writer Answers { get; } = new(inner.Output);

        public PipeReader Input => inner.Input;

        public PipeWriter Output => Answers;
    }

    private sealed class Writer(PipeWriter inner) : PipeWriter
    {
        // Where what is not sent goes; null while all is sent.
        private byte[]? _unsent;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => _unsent is null ? inner.UnflushedBytes : 0;

        public void AnswerInstead(byte[] answer)
        {
            answer.CopyTo(inner.GetMemory(answer.Length));
            inner.Advance(answer.Length);
            _unsent = new byte[4096];
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => _unsent is null ? inner.GetMemory(sizeHint) : Unsent(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _unsent is null ? inner.GetSpan(sizeHint) : Unsent(sizeHint).Span;

        public override void Advance(int bytes)
        {
            if (_unsent is null)
            {
                inner.Advance(bytes);
            }
        }

        // The answer itself is sent by the first flush.
        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

        private Memory<byte> Unsent(int sizeHint)
        {
            if (_unsent!.Length < sizeHint)
            {
                _unsent = new byte[sizeHint];
            }

            return _unsent;
        }
    }
}
