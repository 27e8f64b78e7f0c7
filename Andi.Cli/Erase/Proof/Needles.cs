using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Andi.Cli.Erase.Proof;

/// <summary>Words in every form in which a file may have them: as UTF-8, and as JSON escapes them.</summary>
internal sealed class Needles
{
    private const int ChunkBytes = 1024 * 1024;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Word, byte[] Bytes)> _forms = [];

    public Needles(IEnumerable<string> words)
    {
        foreach (var word in words.Distinct())
        {
            foreach (var form in Forms(word).Distinct())
            {
                _forms.Add((word, Encoding.UTF8.GetBytes(form)));
            }
        }

        Texts = [.. _forms.Select(form => Encoding.UTF8.GetString(form.Bytes)).Distinct()];
    }

    /// <summary>All forms as text.</summary>
    public IReadOnlyList<string> Texts { get; }

    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var (_, form) in _forms)
        {
            if (bytes.IndexOf(form) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the first of each word is.</summary>
    public async Task<IReadOnlyList<(string Word, long Offset)>> FindAsync(Stream content, CancellationToken cancellationToken)
    {
        var overlap = _forms.Max(form => form.Bytes.Length) - 1;
        var buffer = new byte[ChunkBytes + overlap];
        var found = new Dictionary<string, long>();
        var (kept, start) = (0, 0L);
        while (await content.ReadAtLeastAsync(buffer.AsMemory(kept), ChunkBytes, throwOnEndOfStream: false, cancellationToken) is > 0 and var read)
        {
            var length = kept + read;
            foreach (var (word, form) in _forms)
            {
                if (buffer.AsSpan(0, length).IndexOf(form) is >= 0 and var at && !(found.TryGetValue(word, out var before) && before <= start + at))
                {
                    found[word] = start + at;
                }
            }

            kept = Math.Min(overlap, length);
            start += length - kept;
            buffer.AsSpan(length - kept, kept).CopyTo(buffer);
        }

        return [.. found.Select(word => (word.Key, word.Value))];
    }

    // \u00e9 in either case of its digits; what a lax encoder leaves as it is; and what quotes a quotation mark or a backslash.
    private static IEnumerable<string> Forms(string word)
    {
        yield return word;
        var escaped = JsonSerializer.Serialize(word)[1..^1];
        yield return escaped;
        yield return JsonSerializer.Serialize(word, Relaxed)[1..^1];
        yield return string.Concat(word.Select(one => one < 0x80 ? $"{one}" : $"\\u{(int)one:x4}"));
    }
}
