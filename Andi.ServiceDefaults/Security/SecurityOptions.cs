using System.ComponentModel.DataAnnotations;

namespace Andi.Security;

/// <summary>Who signs the tokens: an OIDC <see cref="Authority"/> in production, a key file in development. Exactly one of both.</summary>
public sealed class SecurityOptions : IValidatableObject
{
    /// <summary>Base address of the OIDC provider, with https. Its <c>/.well-known/openid-configuration</c> must name it as the issuer.</summary>
    public string? Authority { get; set; }

    /// <summary>
    /// File of CA certificates (PEM) that sign the provider's own certificate; they take the place of the system's, for the connection to the provider alone.
    /// Default none: the system's are trusted.
    /// </summary>
    public string? AuthorityCertificates { get; set; }

    /// <summary>File holding the HMAC-SHA256 key in base64, at least 32 bytes.</summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>The <c>aud</c> that tokens must carry; default <c>andi</c>.</summary>
    [Required]
    public string Audience { get; set; } = "andi";

    /// <summary>The <c>iss</c> of tokens signed with the key file; default <c>andi</c>.</summary>
    [Required]
    public string Issuer { get; set; } = "andi";

    /// <summary>
    /// File of revoked tokens (see <see cref="Security.RevocationFile"/>), which must be there when the service starts. Default: none in production; in
    /// development the one beside the key file, once <c>token revoke</c> has made it.
    /// </summary>
    public string? RevocationFile { get; set; }

    /// <summary>Where revoked tokens are looked up; null where there is no such place.</summary>
    internal string? RevocationPath =>
        !string.IsNullOrWhiteSpace(RevocationFile) ? RevocationFile
        : string.IsNullOrWhiteSpace(SigningKeyFile) ? null
        : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(SigningKeyFile))!, Security.RevocationFile.Name);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Authority) == string.IsNullOrWhiteSpace(SigningKeyFile))
        {
            yield return new ValidationResult(
                "Set exactly one of Security:Authority (OIDC, production) and Security:SigningKeyFile (development).",
                [nameof(Authority), nameof(SigningKeyFile)]);
        }
        else if (!string.IsNullOrWhiteSpace(SigningKeyFile))
        {
            if (Problem(() => SigningKey.Read(SigningKeyFile)) is { } problem)
            {
                yield return new ValidationResult(problem, [nameof(SigningKeyFile)]);
            }
        }
        else if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
        {
            yield return new ValidationResult("Security:Authority must be an address with https.", [nameof(Authority)]);
        }

        if (AuthorityCertificates is { } certificates && Problem(() => AuthorityConnection.ReadCertificates(certificates)) is { } unreadable)
        {
            yield return new ValidationResult(unreadable, [nameof(AuthorityCertificates)]);
        }

        if (!string.IsNullOrWhiteSpace(RevocationFile) && !File.Exists(RevocationFile))
        {
            yield return new ValidationResult($"The revocation list {RevocationFile} is not there; an empty file is a list of none.", [nameof(RevocationFile)]);
        }
        else if (RevocationPath is { } path && File.Exists(path) && Problem(() => Security.RevocationFile.Read(path)) is { } malformed)
        {
            yield return new ValidationResult(malformed, [nameof(RevocationFile)]);
        }
    }

    // Found out at start, not by the first request.
    private static string? Problem(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }
}
