using Andi.Oltp.ChangeCapture.Wal;

namespace Andi.Oltp.ChangeCapture.Events;

/// <summary>A row before or after a change: values as places in a buffer. The default value stands for "no such image".</summary>
internal readonly record struct RowImage(ReadOnlyMemory<byte> Buffer, IReadOnlyList<ColumnValue>? Values);
