using System.Text.Json;
using Andi.Oltp.ChangeCapture.Events;

namespace Andi.Oltp.ChangeCapture.Catalog;

/// <summary>A captured table as its changes are written: the topic they go to, and its columns in the order they are sent.</summary>
internal sealed record CapturedTable(string Schema, string Name, string Topic, IReadOnlyList<CapturedColumn> Columns);

/// <summary>A column: its name ready for JSON, its JSON form, and whether it is part of the primary key.</summary>
internal sealed record CapturedColumn(string Name, JsonEncodedText JsonName, JsonForm Form, bool IsKey);
