namespace Andi.ChangeEvents;

/// <summary>How a PostgreSQL type's text form becomes JSON.</summary>
public enum JsonForm
{
    /// <summary>A JSON string, escaped as needed.</summary>
    Text,

    /// <summary>The text as it is; PostgreSQL's NaN and infinities, which JSON has no numbers for, as strings.</summary>
    Number,

    /// <summary><c>t</c> and <c>f</c>.</summary>
    Boolean,

    /// <summary>json and jsonb, nested as they are.</summary>
    Json,

    /// <summary>timestamp and timestamptz in ISO 8601; the session's time zone is UTC.</summary>
    Timestamp,
}

/// <summary>Which form each type has, and how it is written.</summary>
public static class JsonForms
{
    /// <summary>By type OID, as fixed in PostgreSQL's pg_type.dat.</summary>
    public static JsonForm OfType(uint typeOid) => typeOid switch
    {
        16 => JsonForm.Boolean,
        20 or 21 or 23 or 26 or 700 or 701 or 1700 => JsonForm.Number,
        114 or 3802 => JsonForm.Json,
        1114 or 1184 => JsonForm.Timestamp,
        _ => JsonForm.Text,
    };

    /// <summary>Writes a value that is not null.</summary>
    /// <param name="form">The form of the value's type.</param>
    /// <param name="json">Where the value is written to.</param>
    /// <param name="text">PostgreSQL's text form.</param>
    public static void Write(this JsonForm form, JsonBytes json, ReadOnlySpan<byte> text)
    {
        switch (form)
        {
            case JsonForm.Number when text[^1] is >= (byte)'0' and <= (byte)'9':
            case JsonForm.Json:
                json.Append(text);
                break;
            case JsonForm.Boolean:
                json.Append(text[0] == (byte)'t' ? "true"u8 : "false"u8);
                break;
            case JsonForm.Timestamp:
                WriteTimestamp(json, text);
                break;
            default:
                json.AppendString(text);
                break;
        }
    }

    /// <summary><c>2026-05-01 10:00:00.5+00</c> → <c>2026-05-01T10:00:00.5Z</c>; a timestamp without time zone is UTC by the schema's convention.</summary>
    private static void WriteTimestamp(JsonBytes json, ReadOnlySpan<byte> text)
    {
        var blank = text.IndexOf((byte)' ');
        if (blank < 0 || text.EndsWith(" BC"u8))
        {
            json.AppendString(text);
            return;
        }

        Span<byte> iso = stackalloc byte[text.Length + 1];
        var length = text.EndsWith("+00"u8) ? text.Length - 3 : text.Length;
        text[..length].CopyTo(iso);
        iso[blank] = (byte)'T';
        iso[length] = (byte)'Z';
        json.AppendString(iso[..(length + 1)]);
    }
}
