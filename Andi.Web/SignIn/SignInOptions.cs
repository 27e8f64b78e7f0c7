using System.ComponentModel.DataAnnotations;

namespace Andi.Web.SignIn;

/// <summary>Section <c>SignIn</c>: the web app as a client of the OIDC provider (<c>Security:Authority</c>), and what keeps visitors signed in.</summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>The client's id at the provider; default <c>andi-web</c>. Not used in development.</summary>
    [Required]
    public string ClientId { get; set; } = "andi-web";

    /// <summary>The client's secret at the provider; default none, for a public client (PKCE is used in any case).</summary>
    public string? ClientSecret { get; set; }

    /// <summary>
    /// What is asked for beside <c>openid</c>, separated by spaces: whatever has the provider issue an access token with Andi's audience, role and scope.
    /// Default <c>andi</c>.
    /// </summary>
    public string Scope { get; set; } = "andi";

    /// <summary>
    /// Folder of the keys that seal cookies; several web apps behind one address share it. Default: in development beside the signing key, else in memory, so
    /// that a restart signs everybody out.
    /// </summary>
    public string? KeysFolder { get; set; }
}
