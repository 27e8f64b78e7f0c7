using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Andi.Oltp.Validation;

/// <summary>What messages call a property of a row: as the JSON body has it.</summary>
internal static class FieldPath
{
    /// <summary>The name that a property has in JSON.</summary>
    public static string Name(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    /// <summary>Of a row in a list of the record with the list before it: <c>enrollments.studentId</c>.</summary>
    public static string Of(IProperty property) =>
        property.DeclaringType is IEntityType type && type.FindOwnership()?.PrincipalToDependent is { } list
            ? $"{Name(list.Name)}.{Name(property.Name)}"
            : Name(property.Name);
}
