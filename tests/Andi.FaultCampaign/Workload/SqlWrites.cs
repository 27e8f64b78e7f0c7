using System.Globalization;
using Andi.FaultCampaign.World;
using Npgsql;

namespace Andi.FaultCampaign.Workload;

/// <summary>Writes that the public API has no operation for, as an administrator does them in SQL.</summary>
internal sealed class SqlWrites(SchoolWorld world, string connectionString, WriteCounts counts)
{
    public IReadOnlyList<(int Weight, Func<Random, Task> Write)> All =>
    [
        (10, CorrectManyAsync),
        (10, RewriteAsync),
        (12, ChangeKeysAsync),
        (5, ExchangeKeysAsync),
        (1, TruncateAsync),
        (3, NarrowScaleAsync),
        (6, CorrectManySessionsAsync),
        (6, ChangeKeysOfSessionsAsync),
        (1, TruncateSessionsAsync),
    ];

    /// <summary>One transaction with many rows.</summary>
    private Task CorrectManyAsync(Random random) => ExecuteAsync(
        """
        UPDATE scores
        SET overall_score = test.min_score + test.max_score - overall_score
        FROM tests AS test
        WHERE test.test_id = scores.test_id AND teacher_id = $1
        """,
        world.Teachers[random.Next(world.Teachers.Count)]);

    /// <summary>One row several times in one transaction, partly taken back.</summary>
    private Task RewriteAsync(Random random)
    {
        var student = world.Students[random.Next(world.Students.Count)];
        return ExecuteAsync(
            """
            DO $do$
            DECLARE row scores%ROWTYPE; test tests%ROWTYPE;
            BEGIN
                FOR row IN SELECT * FROM scores WHERE student_id = '{student}' LOOP
                    SELECT * INTO test FROM tests WHERE test_id = row.test_id;
                    UPDATE scores SET overall_performance_level = jsonb_array_length(test.levels) + 1 - overall_performance_level WHERE score_id = row.score_id;
                    DELETE FROM scores WHERE score_id = row.score_id;
                    INSERT INTO scores SELECT row.*;
                    BEGIN
                        DELETE FROM scores WHERE score_id = row.score_id;
                        RAISE EXCEPTION 'taken back';
                    EXCEPTION WHEN raise_exception THEN
                        NULL;
                    END;
                    UPDATE scores SET overall_score = round((test.min_score + overall_score) / 2, test.decimals) WHERE score_id = row.score_id;
                END LOOP;
            END
            $do$
            """.Replace("{student}", student, StringComparison.Ordinal));
    }

    private Task ChangeKeysAsync(Random random) => ExecuteAsync(
        "UPDATE scores SET score_id = 'k-' || md5(score_id || $2) WHERE student_id = $1",
        world.Students[random.Next(world.Students.Count)], $"{random.Next()}");

    /// <summary>Two rows exchange their keys in one transaction.</summary>
    private Task ExchangeKeysAsync(Random random) => ExecuteAsync(
        """
        DO $do$
        DECLARE one text; other text;
        BEGIN
            SELECT min(score_id), max(score_id) INTO one, other FROM scores WHERE teacher_id = '{teacher}';
            IF one <> other THEN
                UPDATE scores SET score_id = 'exchanged' WHERE score_id = one;
                UPDATE scores SET score_id = one WHERE score_id = other;
                UPDATE scores SET score_id = other WHERE score_id = 'exchanged';
            END IF;
        END
        $do$
        """.Replace("{teacher}", world.Teachers[random.Next(world.Teachers.Count)], StringComparison.Ordinal));

    /// <summary>TRUNCATE, alone or with rows before and after it in the same transaction.</summary>
    private async Task TruncateAsync(Random random)
    {
        await ExecuteAsync(random.Next(2) == 0
            ? "TRUNCATE scores"
            : """
            BEGIN;
            CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM scores ORDER BY score_id LIMIT 300;
            UPDATE scores
            SET overall_performance_level = jsonb_array_length(test.levels) + 1 - overall_performance_level
            FROM tests AS test
            WHERE test.test_id = scores.test_id;
            TRUNCATE scores;
            INSERT INTO scores SELECT * FROM kept;
            DELETE FROM scores WHERE overall_score < 30;
            COMMIT
            """);
        world.Scores.Clear();
    }

    /// <summary>A test becomes what it was at first, once its scores have been brought onto that scale in the same transaction.</summary>
    private async Task NarrowScaleAsync(Random random)
    {
        var test = world.Tests[random.Next(world.Tests.Count)];
        var scale = world.FirstScaleOf(test);
        await ExecuteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            BEGIN;
            UPDATE scores
            SET overall_score = least(greatest(round(overall_score, {{scale.Decimals}}), {{scale.Min}}), {{scale.Max}}),
                overall_performance_level = least(overall_performance_level, {{scale.Levels}}),
                dimension_scores = (
                    SELECT coalesce(jsonb_object_agg(key, least(greatest(round(value::numeric, {{scale.Decimals}}), {{scale.Min}}), {{scale.Max}})), '{}')
                    FROM jsonb_each_text(dimension_scores))
            WHERE test_id = '{{test}}';
            UPDATE tests
            SET min_score = {{scale.Min}}, max_score = {{scale.Max}}, decimals = {{scale.Decimals}},
                bands = '{{scale.BandsJson}}', levels = '{{scale.LevelsJson}}'
            WHERE test_id = '{{test}}';
            COMMIT
            """));
        world.Scales[test] = scale;
    }

    /// <summary>One transaction with many rows, some of which move to another day, week or month.</summary>
    private Task CorrectManySessionsAsync(Random random) => ExecuteAsync(
        "UPDATE ciq_sessions SET equity_score = 100 - equity_score, started_at = started_at + make_interval(days => $2::int - 3) WHERE teacher_id = $1",
        world.Teachers[random.Next(world.Teachers.Count)],
        $"{random.Next(7)}");

    /// <summary>Other ids, and back; where one is taken again by then, all is refused.</summary>
    private Task ChangeKeysOfSessionsAsync(Random random) => ExecuteAsync(
        "UPDATE ciq_sessions SET session_id = CASE WHEN session_id LIKE 'k-%' THEN substr(session_id, 3) ELSE 'k-' || session_id END WHERE teacher_id = $1",
        world.Teachers[random.Next(world.Teachers.Count)]);

    private Task TruncateSessionsAsync(Random random) => ExecuteAsync(
        random.Next(2) == 0 ? "TRUNCATE ciq_sessions" : "BEGIN; DELETE FROM ciq_sessions WHERE ciq_score < 20; TRUNCATE ciq_sessions, resource_usage; COMMIT");

    private async Task ExecuteAsync(string sql, params string[] parameters)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString + ";Timeout=5;Command Timeout=15");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = parameter });
            }

            await command.ExecuteNonQueryAsync();
            counts.Add(Outcome.Done);
        }
        catch (PostgresException exception)
            when (exception.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.CheckViolation)
        {
            counts.Add(Outcome.Refused);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            counts.Add(Outcome.Unknown);
        }
    }
}
