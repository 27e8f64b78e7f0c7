using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Records;

/// <summary>
/// What a record takes over from others is in the answers and not in the bodies. A body that corrects a record may have it all the same, and it is
/// ignored: what GET returns may be PUT back. In the body of a new record it is a mistake.
/// </summary>
internal sealed class FilledInMembers(IEnumerable<IFieldList> records)
{
    private readonly Dictionary<Type, IFieldList> _records = records.ToDictionary(record => record.BodyType);

    /// <summary>A modifier of the JSON serializer's contracts.</summary>
    public void AddTo(JsonTypeInfo type)
    {
        if (!_records.TryGetValue(type.Type, out var record))
        {
            return;
        }

        var given = type.Properties.Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var property in record.RecordType.GetProperties())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (!given.Contains(name))
            {
                var member = type.CreateJsonPropertyInfo(property.PropertyType, name);
                member.Set = (body, _) => IgnoredMembers.Note(body, name);
                type.Properties.Add(member);
            }
        }
    }
}
