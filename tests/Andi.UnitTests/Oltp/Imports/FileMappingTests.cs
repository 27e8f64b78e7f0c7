using System.Text;
using Andi.Oltp.Imports.Mapping;

namespace Andi.UnitTests.Oltp.Imports;

public sealed class FileMappingTests
{
    private static readonly string[] Known = ["studentId", "schoolYear", "testDate", "overallScore", "status", "dimension:<name>"];

    [Theory]
    [InlineData("""{"dateFormats": ["M/d/yyyy", "yyyyMMdd"]}""", "testDate", "8/24/2023", "2023-08-24")]
    [InlineData("""{"dateFormats": ["M/d/yyyy", "yyyyMMdd"]}""", "testDate", "20231214", "2023-12-14")]
    [InlineData("""{"dateFormats": ["M/d/yyyy"]}""", "testDate", "09/06/2021", "2021-09-06")]
    [InlineData("""{"dateFormats": ["M/d/yyyy"]}""", "testDate", "2023-08-24", "2023-08-24")]
    [InlineData("""{"dateFormats": ["yyyy-MM-dd HH:mm:ss"]}""", "testDate", "2023-08-24 10:30:00", "2023-08-24")]
    [InlineData("""{"decimalComma": true}""", "overallScore", "85,5", "85.5")]
    [InlineData("""{"decimalComma": true}""", "dimension:x", "85,5", "85.5")]
    [InlineData("""{"decimalComma": true}""", "studentId", "a,b", "a,b")]
    [InlineData("""{"round": true}""", "overallScore", "178.448105", "178.45")]
    [InlineData("""{"round": true}""", "overallScore", "0.125", "0.13")]
    [InlineData("""{"round": true}""", "overallScore", "-0.125", "-0.13")]
    [InlineData("""{"round": true}""", "overallScore", "12.30", "12.30")]
    [InlineData("""{"round": 0}""", "overallScore", "208.5", "209")]
    [InlineData("""{"round": 4}""", "overallScore", "0.123456", "0.12")]
    [InlineData("""{"round": true, "decimalComma": true}""", "dimension:x", "12,345", "12.35")]
    [InlineData("""{"round": true}""", "overallScore", "N/A", "N/A")]
    [InlineData("""{"round": false}""", "overallScore", "0.125", "0.125")]
    [InlineData("""{"trim": true}""", "overallScore", " 88.5 ", "88.5")]
    [InlineData("{}", "overallScore", " 88.5 ", " 88.5 ")]
    [InlineData("""{"values": {"status": {"": "absent", "X": "exempt"}}}""", "status", "", "absent")]
    [InlineData("""{"values": {"status": {"": "absent", "X": "exempt"}}}""", "status", "X", "exempt")]
    [InlineData("""{"values": {"status": {"": "absent", "X": "exempt"}}}""", "status", "x", "x")]
    [InlineData("""{"values": {"dimension:<name>": {"N/A": ""}}}""", "dimension:x", "N/A", "")]
    [InlineData("""{"values": {"overallScore": {"<50": "49"}}, "round": 0}""", "overallScore", "<50", "49")]
    [InlineData("""{"patterns": {"schoolYear": "(\\d{4}-\\d{4})$"}}""", "schoolYear", "Fall 2024-2025", "2024-2025")]
    [InlineData("""{"patterns": {"schoolYear": "(\\d{4}-\\d{4})$"}}""", "schoolYear", "", "")]
    [InlineData("""{"patterns": {"schoolYear": "(\\d{4})$"}, "values": {"schoolYear": {"2025": "2024-2025"}}}""", "schoolYear", "SY2025", "2024-2025")]
    public void Cell_is_brought_to_the_form_of_its_field(string json, string field, string cell, string expected)
    {
        var mapping = Bind(json, [field]);
        Row(mapping, cell).ShouldBe([expected]);
        mapping.Wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"dateFormats": ["M/d/yyyy"]}""", "testDate", "24.8.2023", "must be a date in one of the forms yyyy-MM-dd, M/d/yyyy, not '24.8.2023'")]
    [InlineData("""{"decimalComma": true}""", "overallScore", "1.234", "must have a comma before its decimals and no point, not '1.234'")]
    [InlineData("""{"patterns": {"schoolYear": "(\\d{4})$"}}""", "schoolYear", "now", @"does not match the mapping's pattern (\d{4})$: 'now'")]
    public void Cell_that_cannot_be_read_says_why(string json, string field, string cell, string reason)
    {
        var mapping = Bind(json, [field]);
        Row(mapping, cell);
        mapping.Wrong.ShouldBe([(field, reason)]);
        Row(mapping, "");
        mapping.Wrong.ShouldBeEmpty("it was the row before");
    }

    [Fact]
    public void Columns_are_fields_or_constants_or_ignored()
    {
        const string Json = """{"columns": {"Kid ID": "studentId", "Math": "dimension:math"}, "constants": {"schoolYear": "2025-2026"}, "ignoreRest": true}""";
        var mapping = Bind(Json, ["KID ID", "overallScore", "", "MATH"]);
        mapping.Fields.ShouldBe(["studentId", null, null, "dimension:math", "schoolYear"]);
        Row(mapping, "S1", "88", "?", "7").ShouldBe(["S1", "", "", "7", "2025-2026"]);
        Row(mapping, "S1").ShouldBe(["S1", "", "", "", "2025-2026"], "a row may be shorter than the header");
        Row(mapping, "S1", "88", "?", "7", "more").ShouldBe(["S1", "", "", "7", "2025-2026"]);
        mapping.ColumnOf("studentId").ShouldBe("KID ID");
        mapping.ColumnOf("schoolYear").ShouldBeNull();
    }

    [Fact]
    public void Without_ignoreRest_columns_called_as_fields_are_read_and_others_are_for_the_header_to_tell() =>
        Bind("""{"columns": {"Kid": "studentId", "Notes": null}}""", ["Kid", "school_year", "Notes", "remarks"]).Fields
            .ShouldBe(["studentId", "schoolYear", null, "remarks"]);

    [Theory]
    [InlineData("""{"columns": {"Kid": "studentId"}}""", new[] { "Kids", "status" }, "names the column 'Kid', which the file does not have ('Kids'?)")]
    [InlineData("""{"columns": {"Kid": "studentId"}}""", new[] { "Kid", "student_id" }, "studentId has several values: the column 'Kid' and the column 's")]
    [InlineData("""{"constants": {"status": "scored"}}""", new[] { "status" }, "the column 'status' and a constant of the mapping.")]
    public void Header_that_does_not_fit_says_why(string json, string[] columns, string reason)
    {
        var reasons = new List<string>();
        Bind(json, columns, reasons);
        reasons.ShouldHaveSingleItem().ShouldContain(reason);
    }

    [Fact]
    public void Row_without_a_field_is_passed_over_when_asked()
    {
        const string Json = """{"columns": {"S": "overallScore"}, "values": {"overallScore": {"--": ""}}, "skipWithout": ["overallScore"]}""";
        var mapping = Bind(Json, ["studentId", "S"]);
        Row(mapping, "S1", "5");
        mapping.IsSkipped.ShouldBeFalse();
        Row(mapping, "S1", "");
        mapping.IsSkipped.ShouldBeTrue();
        Row(mapping, "S1", "--");
        mapping.IsSkipped.ShouldBeTrue("the mapping makes nothing of it");
    }

    [Fact]
    public void Pattern_that_would_backtrack_for_ever_does_not()
    {
        var mapping = Bind("""{"patterns": {"studentId": "^((?:a+)+)$"}}""", ["studentId"]);
        Row(mapping, new string('a', 50_000) + "!");
        mapping.Wrong.Single().Reason.ShouldContain("does not match");
    }

    [Fact]
    public void Second_column_of_a_name_has_a_number() =>
        ColumnNames.Numbered(["Error", "Score", "error", "", "Error", ""]).ShouldBe(["Error", "Score", "error#2", "", "Error#3", ""]);

    private static FileMapping Bind(string json, string[] columns, List<string>? reasons = null)
    {
        var mapping = new MappingReader("scores", Known).Read(Encoding.UTF8.GetBytes(json));
        return FileMapping.Bind(mapping, columns, Known, KindOf, reasons ?? []);
    }

    private static FieldKind KindOf(string field) => field switch
    {
        "testDate" => FieldKind.Date,
        "overallScore" or "dimension:<name>" => FieldKind.Number(2),
        _ => FieldKind.Text,
    };

    private static List<string> Row(FileMapping mapping, params string[] cells)
    {
        mapping.BeginRow();
        foreach (var cell in cells)
        {
            mapping.Add(Encoding.UTF8.GetBytes(cell));
        }

        mapping.EndRow();
        return [.. Enumerable.Range(0, mapping.Fields.Count).Select(index => Encoding.UTF8.GetString(mapping[index]))];
    }
}
