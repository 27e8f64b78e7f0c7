using System.Runtime.InteropServices;

namespace Andi.EmbeddedClickHouse.Native;

/// <summary><c>chdb_query_analysis_v1</c>: what the engine's parser found in a text.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StatementAnalysis
{
    /// <summary>The class of a statement that changes nothing.</summary>
    public const uint ReadOnly = 0;

    /// <summary>The class of one that changes rows or tables.</summary>
    public const uint Writing = 1;

    /// <summary>The class of a text that does not parse.</summary>
    public const uint Unparsed = 4;

    public uint Size;
    public uint Statements;
    public uint Flags;
    public uint Class;
}
