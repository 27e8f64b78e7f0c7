using System.Text;
using Andi.EmbeddedClickHouse.Statements;

namespace Andi.EmbeddedClickHouse.Tests;

public sealed class StatementTextTests
{
    [Theory]
    [InlineData("INSERT INTO t VALUES (1)", "INSERT INTO t ", "Values", " (1)")]
    [InlineData("insert into t (a, b) values (1, 2), (3, 4);", "insert into t (a, b) ", "Values", " (1, 2), (3, 4);")]
    [InlineData("INSERT INTO t FORMAT CSV\n1,2\n", "INSERT INTO t ", "CSV", "1,2\n")]
    [InlineData("INSERT INTO t FORMAT CSV  \r\n1,2\n", "INSERT INTO t ", "CSV", "1,2\n")]
    [InlineData("INSERT INTO t FORMAT CSV 1,2\n", "INSERT INTO t ", "CSV", "1,2\n")]
    [InlineData("INSERT INTO t FORMAT CSV\n\n1,2\n", "INSERT INTO t ", "CSV", "\n1,2\n")]
    [InlineData("INSERT INTO t FORMAT CSV", "INSERT INTO t ", "CSV", "")]
    [InlineData("INSERT INTO t SETTINGS a = 1, b = 'VALUES' FORMAT JSONEachRow\n{}", "INSERT INTO t SETTINGS a = 1, b = 'VALUES' ", "JSONEachRow", "{}")]
    [InlineData("INSERT INTO `values` (`format`) FORMAT TSV\nx", "INSERT INTO `values` (`format`) ", "TSV", "x")]
    [InlineData("INSERT INTO db.values VALUES (1)", "INSERT INTO db.values ", "Values", " (1)")]
    [InlineData("INSERT INTO format FORMAT TSV\nx", "INSERT INTO format ", "TSV", "x")]
    [InlineData(
        "INSERT INTO FUNCTION file('x', 'CSV', 'values String') VALUES ('select')",
        "INSERT INTO FUNCTION file('x', 'CSV', 'values String') ", "Values", " ('select')")]
    [InlineData(
        "-- VALUES FORMAT\n/* SELECT */ INSERT INTO t -- FORMAT x\nFORMAT TSV\nx",
        "-- VALUES FORMAT\n/* SELECT */ INSERT INTO t -- FORMAT x\n", "TSV", "x")]
    [InlineData(";; INSERT INTO {t:Identifier} FORMAT TSV\nx", ";; INSERT INTO {t:Identifier} ", "TSV", "x")]
    public void Insert_ends_where_its_rows_start(string text, string head, string format, string rows)
    {
        var insert = Read(text).ShouldBeOfType<InsertText>();
        var bytes = Encoding.UTF8.GetBytes(text);
        Encoding.UTF8.GetString(bytes[..insert.HeadEnd]).ShouldBe(head);
        insert.Format.ShouldBe(format);
        Encoding.UTF8.GetString(bytes[insert.DataStart..]).ShouldBe(rows);
    }

    [Theory]
    [InlineData("INSERT INTO t SELECT 1 FORMAT CSV")]
    [InlineData("INSERT INTO t (a) WITH x AS (SELECT 1) SELECT * FROM x")]
    [InlineData("SELECT 'INSERT INTO t VALUES'")]
    [InlineData("INSERT INTO t")]
    public void Other_statements_have_no_rows(string text) => Read(text).ShouldBeOfType<PlainText>();

    [Theory]
    [InlineData("")]
    [InlineData("  \n-- nothing\n/* at all */")]
    [InlineData(";")]
    public void Nothing_is_empty(string text) => Read(text).ShouldBeOfType<EmptyText>();

    /// <summary>However the text is cut into reads, what comes out is what the whole text says.</summary>
    [Theory]
    [InlineData("INSERT INTO t FORMAT TabSeparated\n1\t2\n")]
    [InlineData("INSERT INTO t FORMAT CSV   \r\n1,2\n")]
    [InlineData("INSERT INTO t (a) SETTINGS x='y' VALUES (1)")]
    [InlineData("/* a */ INSERT INTO t -- b\n VALUES (1)")]
    public void Part_of_a_statement_is_never_misread(string text)
    {
        var whole = Read(text);
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var length = 0; length < bytes.Length; length++)
        {
            var part = StatementText.Read(bytes.AsSpan(0, length), complete: false);
            if (part is not null)
            {
                part.ShouldBe(whole, $"after {length} bytes");
            }
        }
    }

    [Theory]
    [InlineData("SELECT 1 FORMAT JSON", "JSON")]
    [InlineData("SELECT 1 FORMAT JSON;", "JSON")]
    [InlineData("SELECT 1 FORMAT JSON SETTINGS max_threads = 1", "JSON")]
    [InlineData("SELECT 1 SETTINGS max_threads = 1 FORMAT JSON -- FORMAT CSV", "JSON")]
    [InlineData("SELECT 'FORMAT JSON'", null)]
    [InlineData("SELECT format FROM t", null)]
    [InlineData("SELECT 1 AS format", null)]
    [InlineData("SELECT * FROM (SELECT 1 FORMAT JSON)", null)]
    [InlineData("SELECT $x$ FORMAT JSON $x$", null)]
    public void Format_of_a_result_is_read_at_its_end_only(string text, string? format) =>
        Read(text).ShouldBeOfType<PlainText>().OutputFormat.ShouldBe(format);

    [Theory]
    [InlineData("SELECT 1", "SELECT 1\nINTO OUTFILE 'p' APPEND FORMAT JSON\n")]
    [InlineData("SELECT 1; -- c", "SELECT 1\nINTO OUTFILE 'p' APPEND FORMAT JSON\n")]
    [InlineData("SELECT 1 FORMAT XML", "SELECT 1 \nINTO OUTFILE 'p' APPEND \nFORMAT XML")]
    [InlineData("SELECT 1 SETTINGS a = 1 FORMAT XML SETTINGS b = 2;", "SELECT 1 SETTINGS a = 1 \nINTO OUTFILE 'p' APPEND \nFORMAT XML SETTINGS b = 2")]
    public void Result_can_be_sent_to_a_file(string text, string expected)
    {
        var plain = Read(text).ShouldBeOfType<PlainText>();
        Encoding.UTF8.GetString(plain.WithOutput(Encoding.UTF8.GetBytes(text), "p", "JSON")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("SELECT 1 INTO OUTFILE 'x'", ClientOnlyClause.IntoOutfile)]
    [InlineData("INSERT INTO t FROM INFILE 'x' FORMAT CSV", ClientOnlyClause.FromInfile)]
    [InlineData("INSERT INTO t SELECT * FROM input('a Int8') FORMAT CSV", ClientOnlyClause.Input)]
    [InlineData("SELECT 'INTO OUTFILE', input FROM t", ClientOnlyClause.None)]
    public void What_only_a_command_line_client_can_do_is_seen(string text, object clause) =>
        Read(text).ShouldBeOfType<PlainText>().ClientOnly.ShouldBe((ClientOnlyClause)clause);

    private static StatementText Read(string text) => StatementText.Read(Encoding.UTF8.GetBytes(text), complete: true)!;
}
