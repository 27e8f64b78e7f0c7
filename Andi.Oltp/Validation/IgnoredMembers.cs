using System.Runtime.CompilerServices;

namespace Andi.Oltp.Validation;

/// <summary>Members of JSON bodies that were read and not kept, as they are filled in: harmless in a correction, a mistake in a new record.</summary>
internal static class IgnoredMembers
{
    private static readonly ConditionalWeakTable<object, List<string>> Names = [];

    public static void Note(object body, string name) => Names.GetOrCreateValue(body).Add(name);

    /// <summary>Adds those that the body has.</summary>
    public static void Refuse(object body, FieldErrors errors)
    {
        if (Names.TryGetValue(body, out var names))
        {
            names.ForEach(name => errors.Add(name, "is filled in from what the record refers to; leave it out"));
        }
    }
}
