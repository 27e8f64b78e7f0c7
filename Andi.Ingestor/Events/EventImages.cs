namespace Andi.Ingestor.Events;

/// <summary>
/// Where the images of a row stand in an event, found without reading them: they are most of it, and are read when they become rows. Knows the form that the
/// relay writes, <c>{"before":…,"after":…,"op":…}</c>; an event of another form, or one in which an image could be taken to end too early, is not for this.
/// </summary>
/// <param name="Before">Empty where there is none.</param>
/// <param name="After">Empty where there is none.</param>
/// <param name="End">Where the comma behind the images stands.</param>
internal readonly record struct EventImages(Range Before, Range After, int End)
{
    private static ReadOnlySpan<byte> NoneBefore => "{\"before\":null,\"after\":{"u8;

    private static ReadOnlySpan<byte> StartsBefore => "{\"before\":{"u8;

    // Quotes within strings are escaped, so these stand between properties; where there is one of them only, it is the event's own.
    private static ReadOnlySpan<byte> Between => "},\"after\":"u8;

    private static ReadOnlySpan<byte> NoneAfter => "null"u8;

    private static ReadOnlySpan<byte> Behind => ",\"op\":\""u8;

    /// <summary>
    /// False where the event has to be read from its beginning. That an image is one whole object is found out when it is read: it then ends where it should.
    /// </summary>
    public static bool TryFind(ReadOnlySpan<byte> value, out EventImages images)
    {
        images = default;
        var end = value.LastIndexOf(Behind);
        if (end < 0 || value.IndexOf(Behind) != end)
        {
            return false;
        }

        if (value.StartsWith(NoneBefore))
        {
            images = new EventImages(default, (NoneBefore.Length - 1)..end, end);
            return value[end - 1] == (byte)'}';
        }

        if (!value.StartsWith(StartsBefore) || value.IndexOf(Between) is not (> 0 and var between) || value.LastIndexOf(Between) != between)
        {
            return false;
        }

        var after = between + Between.Length;
        var isRemoved = value[after..end].SequenceEqual(NoneAfter);
        images = new EventImages((StartsBefore.Length - 1)..(between + 1), isRemoved ? default : after..end, end);
        return isRemoved || (value[after] == (byte)'{' && value[end - 1] == (byte)'}');
    }
}
