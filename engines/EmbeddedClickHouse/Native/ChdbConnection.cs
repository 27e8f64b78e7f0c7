using Andi.EmbeddedClickHouse.Statements;

namespace Andi.EmbeddedClickHouse.Native;

/// <summary>
/// A session of the engine. It runs one statement at a time, on the calling thread, which blocks. Settings given at opening hold for this
/// connection only. Opening and closing one takes about 0.1 ms once the engine runs; the first one starts the engine, the last closed stops it.
/// </summary>
internal sealed unsafe class ChdbConnection : IDisposable
{
    private nint* _connection;

    private ChdbConnection(nint* connection) => _connection = connection;

    private nint Handle => _connection is null ? throw new ObjectDisposedException(nameof(ChdbConnection)) : *_connection;

    /// <summary>Opens a connection with <c>--name=value</c> arguments; null when the engine refuses them (it does not say why).</summary>
    public static ChdbConnection? TryOpen(IReadOnlyList<string> arguments)
    {
        using var native = new NativeArguments(["clickhouse", .. arguments]);
        var connection = Chdb.Connect(native.Count, native.Pointers);
        return connection is null ? null : new ChdbConnection(connection);
    }

    /// <summary>
    /// True when the engine's parser takes the text for one statement that only reads. False for anything else, text that does not parse included.
    /// </summary>
    public bool IsOneRead(ReadOnlySpan<byte> statement) => Analyse(statement) is (1, StatementAnalysis.ReadOnly);

    /// <summary>How many statements the engine's parser finds, and the class of what they do, which is of <see cref="StatementAnalysis"/>.</summary>
    public (uint Statements, uint Class) Analyse(ReadOnlySpan<byte> statement)
    {
        var analysis = new StatementAnalysis { Size = (uint)sizeof(StatementAnalysis) };
        fixed (byte* text = statement)
        {
            return Chdb.Classify(Handle, text, (nuint)statement.Length, null, 0, &analysis) == 0
                ? (analysis.Statements, analysis.Class)
                : (0, StatementAnalysis.Unparsed);
        }
    }

    /// <summary>Runs a statement and keeps its whole result in memory.</summary>
    public ChdbResult Query(ReadOnlySpan<byte> statement, string format, QueryParameters parameters)
    {
        using var bound = new BoundParameters(parameters);
        Span<byte> name = stackalloc byte[FormatName.MaximumLength];
        name = FormatName.Encode(format, name);
        fixed (byte* text = statement, formatText = name)
        {
            return new ChdbResult(Chdb.Query(
                Handle, text, (nuint)statement.Length, formatText, (nuint)name.Length,
                bound.Names, bound.NameLengths, bound.Values, bound.ValueLengths, bound.Count));
        }
    }

    /// <summary>Starts a SELECT whose result is fetched in chunks. Anything else is refused by the engine before it runs.</summary>
    public ResultStream Stream(ReadOnlySpan<byte> statement, string format, QueryParameters parameters)
    {
        using var bound = new BoundParameters(parameters);
        Span<byte> name = stackalloc byte[FormatName.MaximumLength];
        name = FormatName.Encode(format, name);
        fixed (byte* text = statement, formatText = name)
        {
            return new ResultStream(Handle, Chdb.StreamQuery(
                Handle, text, (nuint)statement.Length, formatText, (nuint)name.Length,
                bound.Names, bound.NameLengths, bound.Values, bound.ValueLengths, bound.Count));
        }
    }

    /// <summary>Starts an INSERT whose rows follow in chunks. <paramref name="head"/> is the statement without its FORMAT clause and data.</summary>
    public InsertStream Insert(ReadOnlySpan<byte> head, string format, QueryParameters parameters)
    {
        using var bound = new BoundParameters(parameters);
        Span<byte> name = stackalloc byte[FormatName.MaximumLength];
        name = FormatName.Encode(format, name);
        fixed (byte* text = head, formatText = name)
        {
            return new InsertStream(Chdb.StreamInsert(
                Handle, text, (nuint)head.Length, formatText, (nuint)name.Length,
                bound.Names, bound.NameLengths, bound.Values, bound.ValueLengths, bound.Count));
        }
    }

    public void Dispose()
    {
        if (_connection is not null)
        {
            Chdb.Close(_connection);
            _connection = null;
        }
    }

    /// <summary>The parameters of one call in unmanaged memory; nothing is allocated when there are none.</summary>
    private readonly ref struct BoundParameters(QueryParameters parameters) : IDisposable
    {
        private readonly NativeArguments? _names = parameters.Count == 0 ? null : new NativeArguments(parameters.Names);
        private readonly NativeArguments? _values = parameters.Count == 0 ? null : new NativeArguments(parameters.Values);

        public byte** Names => _names is null ? null : _names.Pointers;

        public nuint* NameLengths => _names is null ? null : _names.Lengths;

        public byte** Values => _values is null ? null : _values.Pointers;

        public nuint* ValueLengths => _values is null ? null : _values.Lengths;

        public nuint Count => (nuint)(_names?.Count ?? 0);

        public void Dispose()
        {
            _names?.Dispose();
            _values?.Dispose();
        }
    }
}
