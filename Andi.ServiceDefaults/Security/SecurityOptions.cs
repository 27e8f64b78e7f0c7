using System.ComponentModel.DataAnnotations;

namespace Andi.Security;

/// <summary>Who signs the tokens: an OIDC <see cref="Authority"/> in production, a key file in development. Exactly one of both.</summary>
public sealed class SecurityOptions : IValidatableObject
{
    /// <summary>Base address of the OIDC provider.</summary>
    public string? Authority { get; set; }

    /// <summary>File holding the HMAC-SHA256 key in base64, at least 32 bytes.</summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>The <c>aud</c> that tokens must carry; default <c>andi</c>.</summary>
    [Required]
    public string Audience { get; set; } = "andi";

    /// <summary>The <c>iss</c> of tokens signed with the key file; default <c>andi</c>.</summary>
    [Required]
    public string Issuer { get; set; } = "andi";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Authority) == string.IsNullOrWhiteSpace(SigningKeyFile))
        {
            yield return new ValidationResult(
                "Set exactly one of Security:Authority (OIDC, production) and Security:SigningKeyFile (development).",
                [nameof(Authority), nameof(SigningKeyFile)]);
        }
        else if (SigningKeyFile is not null && KeyProblem(SigningKeyFile) is { } problem)
        {
            yield return new ValidationResult(problem, [nameof(SigningKeyFile)]);
        }
    }

    // Found out at start, not by the first request.
    private static string? KeyProblem(string file)
    {
        try
        {
            SigningKey.Read(file);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }
}
