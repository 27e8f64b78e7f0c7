using System.Text.RegularExpressions;
using System.Xml.Linq;
using Andi.ArchitectureTests.Sources;

namespace Andi.ArchitectureTests.Rules;

/// <summary>Texts that people read: a file <c>XTexts.resx</c>, and one beside it for each further language.</summary>
internal static partial class TextRules
{
    private const string Extension = ".resx";

    private static readonly string[] Languages = ["de", "es"];
    private static readonly string[] PluralForms = ["_one", "_other"];

    /// <summary>A text that a language does not have, has alone, or has with other places for values.</summary>
    public static IEnumerable<Violation> Untranslated(SourceTree tree)
    {
        foreach (var file in Resources(tree))
        {
            var texts = TextsOf(file);
            foreach (var language in Languages)
            {
                var path = $"{file.Path[..^Extension.Length]}.{language}{Extension}";
                var others = tree.Files.FirstOrDefault(one => one.Path == path) is { } other ? TextsOf(other) : [];
                foreach (var (key, text) in texts)
                {
                    if (!others.TryGetValue(key, out var translated))
                    {
                        yield return new Violation(path, 0, $"does not have '{key}'");
                    }
                    else if (!PlacesOf(text).SetEquals(PlacesOf(translated)))
                    {
                        yield return new Violation(path, 0, $"has other places for values in '{key}'");
                    }
                }

                foreach (var key in others.Keys.Except(texts.Keys))
                {
                    yield return new Violation(path, 0, $"has '{key}' alone");
                }
            }
        }
    }

    /// <summary>A key that a page or a class asks for and that its texts do not have. Of a key with a hole in it some text must have the rest.</summary>
    public static IEnumerable<Violation> Unknown(SourceTree tree)
    {
        var known = Resources(tree).ToDictionary(file => Path.GetFileNameWithoutExtension(file.Path), file => TextsOf(file).Keys.ToList());
        foreach (var file in tree.Files.Where(file => file.IsProduct && Path.GetExtension(file.Path) is ".cs" or ".razor"))
        {
            var localizers = Localizer().Matches(file.Text)
                .GroupBy(match => match.Groups["before"].Success ? match.Groups["before"].Value : match.Groups["behind"].Value)
                .ToDictionary(same => same.Key, same => same.First().Groups["texts"].Value);
            foreach (Match use in Use().Matches(file.Text))
            {
                if (!localizers.TryGetValue(use.Groups["localizer"].Value, out var texts))
                {
                    continue;
                }

                var asked = Regex.Escape(Hole().Replace(use.Groups["key"].Value, "\0")).Replace("\0", ".+", StringComparison.Ordinal);
                var forms = use.Groups["plural"].Success ? PluralForms : [""];
                foreach (var form in forms.Where(form => !known.GetValueOrDefault(texts, []).Exists(key => Regex.IsMatch(key, $"^{asked}{form}$"))))
                {
                    yield return new Violation(
                        file.Path, SourceFile.LineOf(file.Text, use.Index), $"asks {texts} for '{use.Groups["key"].Value}{form}', which they do not have");
                }
            }
        }
    }

    private static IEnumerable<SourceFile> Resources(SourceTree tree) => tree.Files.Where(file =>
        file.Path.EndsWith(Extension, StringComparison.Ordinal) && !Path.GetFileNameWithoutExtension(file.Path).Contains('.', StringComparison.Ordinal));

    private static Dictionary<string, string> TextsOf(SourceFile file) => XDocument.Parse(file.Text).Root!.Elements("data")
        .ToDictionary(text => text.Attribute("name")!.Value, text => text.Element("value")!.Value);

    private static HashSet<string> PlacesOf(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{\d+")]
    private static partial Regex Place();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    // Injected, or asked for in a method.
    [GeneratedRegex(@"IStringLocalizer<(?<texts>\w+)>\s+(?<behind>\w+)|(?<before>\w+) = [\w.]+GetRequiredService<IStringLocalizer<(?<texts>\w+)>>")]
    private static partial Regex Localizer();

    [GeneratedRegex(@"\b(?<localizer>\w+)(\[|(?<plural>\.Count\())\$?""(?<key>[^""]+)""")]
    private static partial Regex Use();
}
