using Andi.Oltp.Areas;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Andi.IntegrationTests.Oltp;

public sealed class OltpMigrationTests(EnginesFixture engines)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_at_once_apply_it_once_and_create_the_database()
    {
        var connectionString = new NpgsqlConnectionStringBuilder(engines.Oltp) { Database = $"test_{Guid.NewGuid():N}" }.ConnectionString;
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OltpMigrations.ApplyAsync(connectionString, Cancellation)));
        applied.Count(migrations => migrations.Count > 0).ShouldBe(1);
        var migrations = applied.SelectMany(migrations => migrations).ToList();
        migrations.ShouldBeUnique();
        migrations.Select(migration => migration.Split('/')[0]).Distinct().ShouldBe([.. SubjectAreas.WithTables.Select(area => area.Name), "audit"]);
        (await OltpMigrations.ApplyAsync(connectionString, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_table_of_every_area_is_captured_whole()
    {
        var connectionString = await engines.CreateDatabaseAsync(Cancellation);
        await OltpMigrations.ApplyAsync(connectionString, Cancellation);
        await using var database = NpgsqlDataSource.Create(connectionString);
        var tables = SubjectAreas.WithTables.SelectMany(area =>
        {
            using var context = area.CreateContext(database);
            return context.Model.GetEntityTypes().Select(type => type.GetTableName()!).ToList();
        }).Distinct().ToList(); // An area's model also has the tables of other areas that it refers to.
        tables.ShouldContain("scores");
        (await ListAsync("SELECT tablename FROM pg_publication_tables WHERE pubname = 'andi'")).ShouldBe(tables, ignoreOrder: true);
        (await ListAsync("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relreplident = 'f'"))
            .ShouldBe(tables, ignoreOrder: true);

        async Task<List<string>> ListAsync(string sql)
        {
            await using var command = database.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            var names = new List<string>();
            while (await reader.ReadAsync(Cancellation))
            {
                names.Add(reader.GetString(0));
            }

            return names;
        }
    }

    [Fact]
    public async Task Years_and_grades_that_are_there_are_brought_to_their_one_form()
    {
        var connectionString = await engines.CreateDatabaseAsync(Cancellation);
        await using var database = NpgsqlDataSource.Create(connectionString);
        foreach (var (name, before) in new[] { ("schools", "InitialSchools"), ("assessments", "MaxScoreIsANumber") })
        {
            await using var context = SubjectAreas.All.Single(area => area.Name == name).CreateContext(database);
            await context.Database.MigrateAsync(before, Cancellation);
        }

        await using (var rows = database.CreateCommand("""
            INSERT INTO districts VALUES ('D', 'North', 'CA');
            INSERT INTO schools VALUES ('S', 'Lincoln', 'D');
            INSERT INTO teachers VALUES ('T', 'Ms. Rivera', 'S');
            INSERT INTO students SELECT 'P' || n, 'Sam', grade, 'S' FROM unnest(ARRAY['05', 'kg', ' Pre-K', '12']) WITH ORDINALITY AS g (grade, n);
            INSERT INTO tests VALUES ('M', 'Spring', 'math', 100);
            INSERT INTO scores SELECT 'R' || student_id, student_id, 'T', 'M', CASE grade WHEN '12' THEN '2025-2026' ELSE '2024' END, '2025-05-01', 50, 2, '{}',
                'S', 'D', 'CA', 'math', grade
            FROM students
            """))
        {
            await rows.ExecuteNonQueryAsync(Cancellation);
        }

        await OltpMigrations.ApplyAsync(connectionString, Cancellation);

        await using var read = database.CreateCommand("""
            SELECT string_agg(concat_ws(' ', students.grade, scores.grade, school_year), ', ' ORDER BY students.grade)
            FROM scores JOIN students USING (student_id)
            """);
        (await read.ExecuteScalarAsync(Cancellation)).ShouldBe("12 12 2025-2026, 5 5 2024-2025, K K 2024-2025, PK PK 2024-2025");
    }

    [Fact]
    public async Task Migrations_bring_what_the_model_says()
    {
        await using var database = NpgsqlDataSource.Create(engines.Oltp);
        foreach (var area in SubjectAreas.WithTables)
        {
            await using var context = area.CreateContext(database);
            context.Database.HasPendingModelChanges().ShouldBeFalse($"The model of {area.Name} has changed without a migration.");
        }
    }
}
