using System.Text.Json;

namespace Andi.Problems;

/// <summary>A value of a JSON body is none that its field can have. It ends in an answer that names the field.</summary>
/// <param name="reason">Continues the sentence that the field's name begins: "must be a whole number".</param>
public sealed class WrongValueException(string reason) : JsonException(reason)
{
    /// <summary>As it was given; the serializer adds to the message.</summary>
    public string Reason { get; } = reason;
}
