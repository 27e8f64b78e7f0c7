namespace Andi.Security;

/// <summary>Andi's own claims of a token.</summary>
public static class ClaimNames
{
    public const string Role = "role";
    public const string ScopeId = "scope_id";
}

/// <summary>The values of the <see cref="ClaimNames.Role"/> claim.</summary>
public static class Roles
{
    public const string Teacher = "teacher";
    public const string SchoolAdmin = "school_admin";
    public const string DistrictAdmin = "district_admin";
    public const string StateAdmin = "state_admin";
    public const string Analyst = "analyst";
    public const string Service = "service";
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Teacher, SchoolAdmin, DistrictAdmin, StateAdmin, Analyst, Service, Admin];

    /// <summary>Those that are always for one teacher, school, district or state.</summary>
    public static readonly IReadOnlyList<string> Scoped = [Teacher, SchoolAdmin, DistrictAdmin, StateAdmin];
}
