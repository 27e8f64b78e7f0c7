using System.Text;
using Andi.Oltp.Imports;
using Andi.Oltp.Imports.Mapping;
using Andi.Oltp.Validation;

namespace Andi.UnitTests.Oltp.Imports;

public sealed class MappingReaderTests
{
    private static readonly string[] Fields = ["studentId", "grade", "testDate", "overallScore", "dimensionScores", "dimension:<name>"];

    [Fact]
    public void OpenApi_document_describes_each_member_of_a_mapping()
    {
        var form = ImportBodies.Describe().Content![ImportUploads.FormMediaType].Schema!;
        form.Properties!["mapping"].Properties!.Keys.ShouldBe(MappingReader.Members, ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"colums": {}}""", "mapping.colums", "(columns?)")]
    [InlineData("""{"columns": {"Score": "overalScore"}}""", "mapping.columns.Score", "names 'overalScore', which scores do not have (overallScore?)")]
    [InlineData("""{"columns": {"Score": 7}}""", "mapping.columns.Score", "name of a field")]
    [InlineData("""{"columns": ["Score"]}""", "mapping.columns", "JSON object")]
    [InlineData("""{"columns": {"A": "grade", "B": "Grade"}}""", "mapping.columns", "several columns for grade: 'A', 'B'")]
    [InlineData("""{"columns": {"Student ID": "grade", "student id": "studentId"}}""", "mapping.columns", "more than once")]
    [InlineData("""{"columns": {"A": "grade"}, "constants": {"grade": "5"}}""", "mapping.constants", "which is the column 'A', too")]
    [InlineData("""{"constants": {"teacher": "T1"}}""", "mapping.constants.teacher", "which scores do not have")]
    [InlineData("""{"constants": {"grade": ["5"]}}""", "mapping.constants.grade", "must be a text")]
    [InlineData("""{"values": {"grade": "F"}}""", "mapping.values.grade", "JSON object")]
    [InlineData("""{"values": {"grades": {"F": "1"}}}""", "mapping.values.grades", "(grade?)")]
    [InlineData("""{"patterns": {"grade": "^\\d+$"}}""", "mapping.patterns.grade", "must have one group")]
    [InlineData("""{"patterns": {"grade": "(a)(b)"}}""", "mapping.patterns.grade", "must have one group")]
    [InlineData("""{"patterns": {"grade": "(a"}}""", "mapping.patterns.grade", "is not a regular expression")]
    [InlineData("""{"patterns": {"grade": "(a)(?=b)"}}""", "mapping.patterns.grade", "looks ahead")]
    [InlineData("""{"dateFormats": ["h:mm"]}""", "mapping.dateFormats", "'h:mm'")]
    [InlineData("""{"dateFormats": ["M/yyyy"]}""", "mapping.dateFormats", "'M/yyyy'")]
    [InlineData("""{"dateFormats": "M/d/yyyy"}""", "mapping.dateFormats", "array of texts")]
    [InlineData("""{"decimalComma": "yes"}""", "mapping.decimalComma", "true or false")]
    [InlineData("""{"round": 5}""", "mapping.round", "0 to 4")]
    [InlineData("""{"separator": "::"}""", "mapping.separator", "one of")]
    [InlineData("""{"skipWithout": ["score"]}""", "mapping.skipWithout", "which scores do not have")]
    [InlineData("[]", "mapping", "must be a JSON object")]
    [InlineData("{", "mapping", "is not valid JSON (line 1")]
    [InlineData("""{"trim": true, "trim": false}""", "mapping", "is not valid JSON")]
    public void Mistake_is_named_where_it_stands(string json, string member, string reason)
    {
        var problem = Should.Throw<ProblemException>(() => Read(json));
        problem.Status.ShouldBe(400);
        problem.Errors.ShouldContainKey(member);
        problem.Errors[member][0].ShouldContain(reason);
    }

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Should.Throw<ProblemException>(() => Read("""{"colums": {}, "constants": {"x": 1, "y": 2}}""")).Errors.Keys
            .ShouldBe(["mapping.colums", "mapping.constants.x", "mapping.constants.y"]);

    [Fact]
    public void Names_of_fields_are_taken_whatever_their_case_and_underscores()
    {
        var mapping = Read("""{"columns": {"a": "STUDENT_ID", "b": "Dimension:Number Sense", "c": null}, "constants": {"Grade": 5}, "round": true}""");
        mapping.Columns.ShouldBe(new Dictionary<string, string?> { ["a"] = "studentId", ["b"] = "dimension:Number Sense", ["c"] = null });
        mapping.Expected.ShouldBe(["a", "b"]);
        mapping.Constants.ShouldBe(new Dictionary<string, string> { ["grade"] = "5" });
        mapping.Round.ShouldBe(MappingReader.AsAllowed);
    }

    [Fact]
    public void What_is_laid_over_a_profile_counts_and_the_rest_is_the_profiles()
    {
        var profile = new MappingReader("scores", Fields, allowsAlternatives: true).Read(Encoding.UTF8.GetBytes(
            """
            {"columns": {"ID": "studentId", "Score 2024": "overallScore", "Score 2025": "overallScore", "Grade": "grade"},
             "values": {"grade": {"One": "1", "Two": "2"}}, "patterns": {"grade": "(\\w+)", "overallScore": "(\\d+)"},
             "dateFormats": ["M/d/yyyy"], "trim": true, "round": true}
            """));
        profile.Expected.ShouldBeEmpty();

        var both = Read(
            """
            {"columns": {"id": "studentId", "Raw": "overallScore"}, "constants": {"testDate": "2025-05-01"},
             "values": {"grade": {"Two": "3"}}, "patterns": {"grade": null}, "round": false}
            """).Over(profile);
        both.Columns.ShouldBe(new Dictionary<string, string?> { ["id"] = "studentId", ["Raw"] = "overallScore", ["Grade"] = "grade" }, ignoreOrder: true);
        both.Expected.ShouldBe(["id", "Raw"]);
        both.Values["grade"].ShouldBe(new Dictionary<string, string> { ["One"] = "1", ["Two"] = "3" });
        both.Patterns.ShouldBe(new Dictionary<string, string?> { ["grade"] = null });
        (both.Trim, both.Round, both.DateFormats!.Single()).ShouldBe((true, MappingReader.Never, "M/d/yyyy"));
    }

    [Fact]
    public void Constant_takes_the_place_of_the_profiles_column()
    {
        var profile = Read("""{"columns": {"Year": "grade"}, "patterns": {"grade": "(\\d+)"}}""");
        var both = Read("""{"constants": {"grade": "5"}}""").Over(profile);
        both.Columns.ShouldBeEmpty();
        both.Patterns.ShouldBeEmpty();
        both.Constants["grade"].ShouldBe("5");
    }

    private static ImportMapping Read(string json) => new MappingReader("scores", Fields).Read(Encoding.UTF8.GetBytes(json));
}
