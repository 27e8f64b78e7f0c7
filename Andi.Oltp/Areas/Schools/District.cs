using Andi.Oltp.Records;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Schools;

/// <summary>A school district of a state.</summary>
public sealed class District
{
    public required string DistrictId { get; set; }

    public required string Name { get; set; }

    /// <summary>For example <c>TX</c>.</summary>
    public required string StateId { get; set; }
}

/// <summary>A district as it is written.</summary>
public sealed record DistrictBody
{
    internal static readonly FieldList<DistrictBody, District> Fields =
        new FieldList<DistrictBody, District>("districts", "districtId", body => body.DistrictId, (district, id) => district.DistrictId = id)
            .FilteredBy("stateId")
            .Text("name", body => body.Name, (district, name) => district.Name = name, SchoolRules.Name)
            .Text("stateId", body => body.StateId, (district, id) => district.StateId = id, TextRules.Id);

    /// <summary>May be left out; else that of the path.</summary>
    public string? DistrictId { get; init; }

    public string? Name { get; init; }

    /// <summary>For example <c>TX</c>.</summary>
    public string? StateId { get; init; }
}
