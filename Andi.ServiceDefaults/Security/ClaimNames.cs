namespace Andi.Security;

public static class ClaimNames
{
    public const string Role = "role";
    public const string ScopeId = "scope_id";
}
