using System.Net;

namespace Andi.IntegrationTests.Oltp;

/// <summary>A generated column that a database's owner adds to a table whose old rows are logged whole.</summary>
public sealed class GeneratedColumnTests(OltpFixture oltp) : IClassFixture<OltpFixture>
{
    [Fact]
    public async Task Stored_one_breaks_no_write_and_where_PostgreSQL_refuses_writes_the_problem_says_where_to_look()
    {
        var district = $"v1/districts/{OltpFixture.Unique("G")}";
        await oltp.Http.PutAsync(district, new { name = "North", stateId = "CA" }).ShouldBeAsync(HttpStatusCode.Created);

        await ExecuteAsync("ALTER TABLE districts ADD COLUMN label text GENERATED ALWAYS AS (name || ' ' || state_id) STORED");
        await oltp.Http.PutAsync(district, new { name = "South", stateId = "CA" }).ShouldBeAsync(HttpStatusCode.OK);

        await ExecuteAsync("ALTER TABLE districts DROP COLUMN label, ADD COLUMN label text GENERATED ALWAYS AS (name || ' ' || state_id) VIRTUAL");
        var problem = await oltp.Http.PutAsync(district, new { name = "East", stateId = "CA" }).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable);
        problem.Detail.ShouldContain("generated column");
        (await oltp.ScalarAsync<string>($"SELECT name FROM districts WHERE district_id = '{district.Split('/')[2]}'")).ShouldBe("South");

        await ExecuteAsync("ALTER TABLE districts DROP COLUMN label");
        await oltp.Http.PutAsync(district, new { name = "East", stateId = "CA" }).ShouldBeAsync(HttpStatusCode.OK);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = oltp.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
