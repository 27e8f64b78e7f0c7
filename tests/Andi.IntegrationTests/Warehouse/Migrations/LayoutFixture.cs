using Andi.Warehouse.Migrations;

namespace Andi.IntegrationTests.Warehouse.Migrations;

/// <summary>
/// Migrations as a later version may bring them, which lay out anew what the baseline made: the same table and rows in another order, beside views that
/// read and fill it.
/// </summary>
internal static class LayoutFixture
{
    public const string Facts = "facts.student_scores";

    public const string Aggregate = "agg.school_scores";

    public const string FactsOrder = "_generation, student_id, teacher_id, school_year, test_id, score_uuid, score_text";

    /// <summary>The baseline and, behind it, the new layouts.</summary>
    public static MigrationCatalog Catalog()
    {
        var baseline = MigrationCatalog.Embedded();
        return new MigrationCatalog(
            [
                .. baseline.Files,
                MigrationFile.Parse(
                    "assessments/tables/V901__facts_student_scores_layout.sql",
                    "DROP VIEW IF EXISTS facts.student_scores_from_changes;\n"
                    + Anew(Facts, "_generation, teacher_id, school_year, test_id, student_id, score_uuid, score_text", FactsOrder)
                    + $"{Statement("CREATE MATERIALIZED VIEW IF NOT EXISTS facts.student_scores_from_changes ")};\n"),
                MigrationFile.Parse(
                    "assessments/tables/V902__agg_school_scores_layout.sql", Anew(Aggregate, "index_granularity = 256", "index_granularity = 128")),
            ],
            [.. baseline.Files.Select(file => file.Area).Distinct()]);

        string Anew(string table, string before, string after)
        {
            var create = Statement($"CREATE TABLE IF NOT EXISTS {table}\n");
            create.ShouldContain(before);
            return $"{create.Replace("CREATE TABLE IF NOT EXISTS", "CREATE OR REPLACE TABLE").Replace(before, after)}\nAS SELECT * FROM {table};\n";
        }

        string Statement(string begin) =>
            baseline.Files.SelectMany(file => file.Statements).Select(sql => sql[Math.Max(0, sql.IndexOf("CREATE ", StringComparison.Ordinal))..])
                .Single(sql => sql.StartsWith(begin, StringComparison.Ordinal));
    }
}
