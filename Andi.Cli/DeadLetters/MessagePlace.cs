using System.Globalization;

namespace Andi.Cli.DeadLetters;

/// <summary>Where a message stands in Kafka; as text <c>topic/partition/offset</c>, which is also the key of its dead letter.</summary>
internal readonly record struct MessagePlace(string Topic, int Partition, long Offset)
{
    public static bool TryParse(string text, out MessagePlace place)
    {
        place = default;
        if (text.Split('/') is not [{ Length: > 0 } topic, var partition, var offset]
            || !int.TryParse(partition, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            return false;
        }

        place = new MessagePlace(topic, number, at);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Topic}/{Partition}/{Offset}");
}
