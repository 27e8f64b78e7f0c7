using System.Net;
using System.Text;

namespace Andi.IntegrationTests.Oltp.Imports;

/// <summary>What exports and spreadsheets write that is not as it should be.</summary>
[Collection(OltpCollection.Name)]
public sealed class ExportQuirkTests(OltpFixture oltp)
{
    private HttpClient Http => oltp.Http;

    [Fact]
    public async Task Text_after_a_closing_quote_is_read_when_asked_and_else_told()
    {
        var id = OltpFixture.Unique("D");
        var csv = $"districtId,name,stateId\n{id},\"Miller\" Jr,TX\n";
        var problem = await Http.ImportAsync("districts", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Rejects.ShouldBe([(2, null, "has text after a closing quote; a mapping with lenientQuotes reads it")]);
        await Http.ImportMappedAsync("districts", """{"lenientQuotes": true}""", csv).ShouldBeAsync(HttpStatusCode.OK);
        (await NameAsync(id)).ShouldBe("Miller Jr");
    }

    [Fact]
    public async Task Blanks_around_headers_and_a_byte_order_mark_do_not_matter()
    {
        var id = OltpFixture.Unique("D");
        await Http.ImportAsync("districts", $"\uFEFF districtId , name,stateId \n{id},North,TX\n").ShouldBeAsync(HttpStatusCode.OK);
        var csv = $"\uFEFF Id , Called \n{id}2,South\n";
        await Http.ImportMappedAsync("districts", """{"columns": {"Id": "districtId", " Called": "name"}, "constants": {"stateId": "TX"}}""", csv)
            .ShouldBeAsync(HttpStatusCode.OK);
        (await NameAsync(id), await NameAsync(id + "2")).ShouldBe(("North", "South"));
    }

    [Fact]
    public async Task Second_column_of_a_name_can_be_named_in_a_mapping()
    {
        var id = OltpFixture.Unique("D");
        var csv = $"districtId,name,name,stateId\n{id},short,long,TX\n";
        (await Http.ImportAsync("districts", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).Detail
            .ShouldContain("has the column 'name' more than once. In a mapping the second one is called 'name#2'.");
        await Http.ImportMappedAsync("districts", """{"columns": {"name": null, "name#2": "name"}}""", csv).ShouldBeAsync(HttpStatusCode.OK);
        (await NameAsync(id)).ShouldBe("long");
    }

    [Fact]
    public async Task Columns_and_rows_that_a_spreadsheet_left_blank_are_passed_over()
    {
        var id = OltpFixture.Unique("D");
        var blank = new string(',', 3_000);
        var csv = $"districtId,name,stateId{blank}\n{id}1,North,TX{blank}\n{id}2,South,TX\n,,{blank}\n\n,,\n";
        var answer = await Http.ImportAsync("districts", csv).ShouldBeAsync(HttpStatusCode.OK);
        (answer.GetProperty("read").GetInt64(), answer.GetProperty("written").GetInt64()).ShouldBe((2, 2));
        answer.GetProperty("ignoredColumns").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Value_below_a_header_without_a_name_is_an_error()
    {
        var id = OltpFixture.Unique("D");
        var csv = $"districtId,,name,stateId,\n{id},,North,TX,\n{id}2, ,South,TX,what\n";
        var problem = await Http.ImportAsync("districts", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Rejects.ShouldBe([(3, null, "has a value in column 5, which has no name in the header")]);
        await Http.ImportMappedAsync(
                "districts", """{"columns": {"districtId": "districtId", "name": "name", "stateId": "stateId"}, "ignoreRest": true}""", csv)
            .ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Six_decimals_are_rounded_only_when_asked()
    {
        var room = await Classroom.CreateAsync(Http);
        var csv = "studentId,teacherId,testId,schoolYear,testDate,overallScore,overallPerformanceLevel\n"
            + $"{room.Student},{room.Teacher},{room.Test},2023-2024,20231214,48.448105,3\n";
        var problem = await Http.ImportMappedAsync("scores", """{"dateFormats": ["yyyyMMdd"]}""", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Rejects.Select(reject => (reject.Line, reject.Field)).ShouldBe([(2, "overallScore")]);
        problem.Rejects[0].Reason.ShouldContain("decimal places");
        await Http.ImportMappedAsync("scores", """{"dateFormats": ["yyyyMMdd"], "round": 2}""", csv).ShouldBeAsync(HttpStatusCode.OK);
        (await oltp.ScalarAsync<string>($"SELECT concat(test_date, ' ', trim_scale(overall_score)) FROM scores WHERE student_id = '{room.Student}'"))
            .ShouldBe("2023-12-14 48.45");
    }

    [Theory]
    [InlineData(";", ";")]
    [InlineData("\t", "\\t")]
    public async Task Other_separators_are_told_and_read_when_named(string separator, string json)
    {
        var id = OltpFixture.Unique("D");
        var csv = "districtId,name,stateId\n".Replace(",", separator, StringComparison.Ordinal) + $"{id}{separator}North, Upper{separator}TX\n";
        (await Http.ImportAsync("districts", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).Detail
            .ShouldContain("a mapping names another separator");
        await Http.ImportMappedAsync("districts", $$"""{"separator": "{{json}}"}""", csv).ShouldBeAsync(HttpStatusCode.OK);
        (await NameAsync(id)).ShouldBe("North, Upper");
    }

    [Fact]
    public async Task Invalid_utf8_is_named_by_line_with_a_mapping_too()
    {
        byte[] csv = [.. Encoding.UTF8.GetBytes("Id,name,stateId\nU1,x,TX\nU2,"), 0xE9, 0x74, .. "x,TX\n"u8];
        var problem = await Http.ImportMappedAsync("districts", """{"columns": {"Id": "districtId"}}""", csv)
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Rejects.ShouldBe([(3L, null, "is not valid UTF-8")]);
    }

    private Task<string> NameAsync(string district) => oltp.ScalarAsync<string>($"SELECT name FROM districts WHERE district_id = '{district}'");
}
