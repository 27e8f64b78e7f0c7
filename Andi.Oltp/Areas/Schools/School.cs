using Andi.Oltp.Records;

namespace Andi.Oltp.Areas.Schools;

/// <summary>A school of a district.</summary>
public sealed class School
{
    public required string SchoolId { get; set; }

    public required string Name { get; set; }

    public required string DistrictId { get; set; }
}

/// <summary>A school as it is written.</summary>
public sealed record SchoolBody
{
    internal static readonly FieldList<SchoolBody, School> Fields =
        new FieldList<SchoolBody, School>("schools", "schoolId", body => body.SchoolId, (school, id) => school.SchoolId = id)
            .Text("name", body => body.Name, (school, name) => school.Name = name, SchoolRules.Name)
            .Reference("districtId", body => body.DistrictId, (school, id) => school.DistrictId = id, "districts");

    /// <summary>May be left out; else that of the path.</summary>
    public string? SchoolId { get; init; }

    public string? Name { get; init; }

    public string? DistrictId { get; init; }
}
