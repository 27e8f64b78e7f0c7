using Andi.Sql;
using Npgsql;

namespace Andi.Bench.School;

/// <summary>Deterministic people and scores, made by PostgreSQL itself.</summary>
/// <param name="database">With the migrated, empty tables.</param>
/// <param name="districts">Each of 3,000 students, who have 15,000 scores a year.</param>
internal sealed class SchoolSystem(NpgsqlDataSource database, int districts)
{
    private const string Columns =
        "score_id, student_id, teacher_id, test_id, school_year, test_date, status, overall_score, overall_performance_level, "
        + "dimension_scores, school_id, district_id, state_id, grade";

    private static readonly string ScoresSql = EmbeddedSql.Read("School/Sql/scores.sql");

    /// <summary>Enough districts for so many scores in three years.</summary>
    public static SchoolSystem For(NpgsqlDataSource database, long scores) => new(database, (int)Math.Max(1, (scores + 44_999) / 45_000));

    public int Districts => districts;

    public Task CreateAsync(CancellationToken cancellationToken) =>
        ExecuteAsync(Filled(EmbeddedSql.Read("School/Sql/school_system.sql"), 0, 0), cancellationToken);

    /// <summary>Inserts scores by their numbers, counted from 1.</summary>
    public Task InsertScoresAsync(long first, long last, CancellationToken cancellationToken) => ExecuteAsync(Insert(first, last), cancellationToken);

    /// <summary>A statement that inserts scores by their numbers, counted from 1, into the table of scores or one of its shape.</summary>
    public string Insert(long first, long last, string table = "scores") => $"INSERT INTO {table} ({Columns}) {Filled(ScoresSql, first, last)}";

    /// <summary>A query for scores by their numbers, to copy them elsewhere.</summary>
    /// <param name="columns">Some of the table's columns.</param>
    /// <param name="first">Number of the first.</param>
    /// <param name="last">Number of the last.</param>
    public string Select(string columns, long first, long last) => $"SELECT {columns} FROM ({Filled(ScoresSql, first, last)}) AS scores";

    private string Filled(string sql, long first, long last) => sql
        .Replace("@districts", $"{districts}", StringComparison.Ordinal)
        .Replace("@first", $"{first}", StringComparison.Ordinal)
        .Replace("@last", $"{last}", StringComparison.Ordinal);

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
