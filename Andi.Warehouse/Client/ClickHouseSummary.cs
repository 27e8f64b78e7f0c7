using System.Text.Json;
using System.Text.Json.Serialization;

namespace Andi.Warehouse.Client;

/// <summary>
/// What a statement read and wrote (<c>X-ClickHouse-Summary</c>); zeros where the server did not say. Written rows include those of materialized views.
/// </summary>
public sealed record ClickHouseSummary(
    [property: JsonPropertyName("read_rows")] long ReadRows,
    [property: JsonPropertyName("read_bytes")] long ReadBytes,
    [property: JsonPropertyName("written_rows")] long WrittenRows,
    [property: JsonPropertyName("written_bytes")] long WrittenBytes,
    [property: JsonPropertyName("elapsed_ns")] long ElapsedNs)
{
    public static readonly ClickHouseSummary Nothing = new(0, 0, 0, 0, 0);

    internal static ClickHouseSummary From(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("X-ClickHouse-Summary", out var values))
        {
            return Nothing;
        }

        try
        {
            return JsonSerializer.Deserialize(values.Last(), ClientJson.Default.ClickHouseSummary) ?? Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }
}

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ClickHouseSummary))]
internal sealed partial class ClientJson : JsonSerializerContext;
