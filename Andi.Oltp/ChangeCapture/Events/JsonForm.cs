namespace Andi.Oltp.ChangeCapture.Events;

/// <summary>How a PostgreSQL type's text form becomes JSON.</summary>
internal enum JsonForm : byte
{
    /// <summary>A JSON string, escaped as needed.</summary>
    String,

    /// <summary>The text as it is; PostgreSQL's NaN and infinities, which JSON has no numbers for, as strings.</summary>
    Number,

    /// <summary><c>t</c> and <c>f</c>.</summary>
    Boolean,

    /// <summary>json and jsonb, nested as they are.</summary>
    Json,

    /// <summary>timestamp and timestamptz in ISO 8601; the session's time zone is UTC.</summary>
    Timestamp,
}

internal static class JsonForms
{
    /// <summary>By type OID, as fixed in PostgreSQL's pg_type.dat.</summary>
    public static JsonForm OfType(uint typeOid) => typeOid switch
    {
        16 => JsonForm.Boolean,
        20 or 21 or 23 or 26 or 700 or 701 or 1700 => JsonForm.Number,
        114 or 3802 => JsonForm.Json,
        1114 or 1184 => JsonForm.Timestamp,
        _ => JsonForm.String,
    };
}
