using Andi.Cli.Seed.Assessments;

namespace Andi.Cli.Seed.Coaching;

/// <summary>The resources: one of every kind for every topic, subject and band of grades.</summary>
internal static class ResourcePlan
{
    private static readonly string[] Kinds = ["video", "lesson plan", "worksheet", "article"];
    private static readonly string[] GradeBands = ["3-5", "6-8"];
    private static readonly string[] Topics = ["Wait time", "Open questions", "Every voice", "Talk moves"];

    public static int Count => Kinds.Length * GradeBands.Length * Topics.Length * TestPlan.Tests.Count;

    public static CsvBuffer ResourceId(this CsvBuffer csv, int resource) => csv.Id("R", resource, 4);

    /// <summary>Writes the row, but its end.</summary>
    public static CsvBuffer Write(int resource, CsvBuffer csv)
    {
        var (kind, rest) = (Kinds[resource % Kinds.Length], resource / Kinds.Length);
        var (band, others) = (GradeBands[rest % GradeBands.Length], rest / GradeBands.Length);
        var (topic, subject) = (Topics[others % Topics.Length], TestPlan.Tests[others / Topics.Length].Subject);
        return csv.ResourceId(resource).Quoted($"{topic} in {subject}, grades {band}: {kind}").Plain(kind).Plain(subject).Plain(band);
    }
}
