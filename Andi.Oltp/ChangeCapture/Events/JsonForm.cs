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
