using System.Globalization;
using System.Text.RegularExpressions;
using Andi.Warehouse.Migrations;

namespace Andi.UnitTests.Warehouse;

public sealed partial class MigrationCatalogTests
{
    [Fact]
    public void Versioned_files_come_first_and_the_platform_before_the_areas_in_their_order()
    {
        MigrationFile[] files =
        [
            File("b", "R__020_x.sql"), File("b", "R__010_y.sql"), File("platform", "R__z.sql"), File("b", "V010__x.sql"), File("b", "V009__x.sql"),
            File("a", "V001__x.sql"), File("platform", "V002__x.sql"), File("platform", "V001__x.sql"),
        ];
        new MigrationCatalog(files, ["b", "a"]).Files.Select(file => file.Id).ShouldBe(
            ["platform/V001", "platform/V002", "b/V009", "b/V010", "a/V001", "platform/R__z", "b/R__010_y", "b/R__020_x"]);
    }

    [Fact]
    public void Number_is_given_once() =>
        Should.Throw<FormatException>(() => new MigrationCatalog([File("a", "V001__x.sql"), File("a", "V001__y.sql")])).Message.ShouldContain("a/V001__y.sql");

    [Fact]
    public void File_of_an_area_that_is_not_registered_is_refused() =>
        Should.Throw<FormatException>(() => new MigrationCatalog([File("a", "V001__x.sql")], ["b"])).Message.ShouldContain("a/V001__x.sql");

    [Fact]
    public void Every_embedded_file_is_in_the_folder_of_its_kind() =>
        MigrationCatalog.Embedded().Files.ShouldAllBe(file => file.Path.Contains("/tables/") != file.IsRepeatable);

    [Theory]
    [InlineData("V1__x.sql")]
    [InlineData("V001_x.sql")]
    [InlineData("V001__X.sql")]
    [InlineData("x.sql")]
    [InlineData("R__.sql")]
    public void Other_names_are_refused(string name) => Should.Throw<FormatException>(() => File("a", name)).Message.ShouldContain(name);

    [Fact]
    public void Checksum_is_of_the_text_without_its_line_ends_and_name()
    {
        var file = MigrationFile.Parse("a/V001__x.sql", "SELECT 1;\nSELECT 2;\n");
        MigrationFile.Parse("a/V001__y.sql", "SELECT 1;\r\nSELECT 2;\r\n").Checksum.ShouldBe(file.Checksum);
        MigrationFile.Parse("a/V001__x.sql", "SELECT 1;\nSELECT 3;\n").Checksum.ShouldNotBe(file.Checksum);
        MigrationFile.Parse("a/V001__x.sql", "SELECT 1;\n").Checksum.ShouldNotBe(file.Checksum);
    }

    [Fact]
    public void Every_embedded_file_says_what_it_is_for() =>
        MigrationCatalog.Embedded().Files.ShouldAllBe(file => file.Statements[0].StartsWith("-- "));

    /// <summary>A run may be cut off between a statement and its entry in the ledger: then the statement is run again.</summary>
    [Fact]
    public void Every_embedded_statement_may_be_run_twice()
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in MigrationCatalog.Embedded().Files)
        {
            foreach (var statement in file.Statements.Select(text => Comment().Replace(text, "").Trim()))
            {
                var again = file.IsRepeatable
                    ? statement.StartsWith("CREATE OR REPLACE ", StringComparison.Ordinal)
                        || statement.StartsWith("DROP VIEW IF EXISTS marts.", StringComparison.Ordinal)
                        || statement.StartsWith("CREATE MATERIALIZED VIEW IF NOT EXISTS marts.", StringComparison.Ordinal)
                    : statement.StartsWith("CREATE OR REPLACE TABLE ", StringComparison.Ordinal) ? TakesItsRowsOver(statement, made)
                    : statement.StartsWith("CREATE ", StringComparison.Ordinal) ? statement.Contains(" IF NOT EXISTS ", StringComparison.Ordinal)
                    : statement.StartsWith("DROP VIEW ", StringComparison.Ordinal) ? statement.Contains(" IF EXISTS ", StringComparison.Ordinal)
                    : statement.StartsWith("ALTER ", StringComparison.Ordinal)
                        ? statement.Contains(" IF ", StringComparison.Ordinal) || statement.Contains(" MODIFY ", StringComparison.Ordinal)
                    // The same row of a ReplacingMergeTree.
                    : statement.StartsWith("INSERT INTO ops.generations ", StringComparison.Ordinal)
                        || statement.StartsWith("INSERT INTO ops.retention ", StringComparison.Ordinal);
                again.ShouldBeTrue($"{file.Path}: {statement}");
                if (CreatedTable().Match(statement) is { Success: true } created)
                {
                    made.Add(created.Groups["table"].Value);
                }
            }
        }
    }

    /// <summary>
    /// What is derived by a view is deduplicated with the insert it is derived from, if its table remembers inserts as well. Tables that take files need
    /// no memory: their rows count by attempt.
    /// </summary>
    [Fact]
    public void Every_table_that_an_insert_reaches_remembers_inserts()
    {
        var tables = MigrationCatalog.Embedded().Files.SelectMany(file => file.Statements)
            .Where(sql => CreatedTable().IsMatch(sql)
                && !sql.Contains(" ops.", StringComparison.Ordinal)
                && !sql.Contains(" _attempt ", StringComparison.Ordinal))
            .ToList();
        tables.Count.ShouldBeGreaterThan(15);
        tables.ShouldAllBe(
            sql => Remembered().IsMatch(sql) && int.Parse(Remembered().Match(sql).Groups["tokens"].Value, CultureInfo.InvariantCulture) >= 10_000);
    }

    // In one statement, which finds the rows a second time, too: a table that is laid out anew takes them over from itself, and loses them otherwise;
    // only a new one takes them from others.
    private static bool TakesItsRowsOver(string statement, HashSet<string> made)
    {
        var table = CreatedTable().Match(statement).Groups["table"].Value;
        var takesFrom = Regex.Matches(statement, @"\bFROM (\w+\.\w+)").Select(from => from.Groups[1].Value).ToList();
        return Regex.IsMatch(statement, @"\bAS\s+SELECT\b") && takesFrom.Count > 0
            && (takesFrom.Contains(table) || !(made.Contains(table) || takesFrom.Except(made).Any()));
    }

    [GeneratedRegex(@"\bnon_replicated_deduplication_window = (?<tokens>\d+)\b")]
    private static partial Regex Remembered();

    [GeneratedRegex("^CREATE (OR REPLACE TABLE|TABLE IF NOT EXISTS) (?<table>\\S+)", RegexOptions.Multiline)]
    private static partial Regex CreatedTable();

    private static MigrationFile File(string area, string name) => MigrationFile.Parse($"{area}/{name}", "SELECT 1;\n");

    [GeneratedRegex("^--.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
