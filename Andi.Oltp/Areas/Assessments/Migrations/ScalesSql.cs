namespace Andi.Oltp.Areas.Assessments.Migrations
{
    /// <summary>
    /// Keeps scores on the scale of their test, whoever writes either of the two, and in whatever order: a score locks its test against changes of its scale,
    /// and a change of the scale waits for the scores under way. Once for each statement, not for each row: a join of a million rows costs little.
    /// </summary>
    internal static class ScalesSql
    {
        public const string Up = """
            -- What keeps a score off a scale? No row: nothing does. dimension is the name of the dimension, null for the score as a whole.
            CREATE FUNCTION public.score_flaws(
                test_id text, min_score numeric, max_score numeric, decimals int, levels int, score numeric, level int, dimensions jsonb)
            RETURNS TABLE (field text, dimension text, reason text, is_below boolean) LANGUAGE sql STABLE AS $$
                SELECT
                    number.field,
                    number.dimension,
                    CASE
                        WHEN number.value BETWEEN min_score AND max_score THEN
                            format('has more decimal places than the %s of test ''%s'': %s', decimals, test_id, trim_scale(number.value))
                        ELSE
                            format(
                                'must be from %s to %s in test ''%s'', not %s', trim_scale(min_score), trim_scale(max_score), test_id,
                                trim_scale(number.value))
                    END,
                    number.value < min_score
                FROM (
                    SELECT 'overall_score', NULL, score
                    UNION ALL
                    SELECT 'dimension_scores', key, value::numeric FROM jsonb_each(dimensions)
                ) AS number (field, dimension, value)
                WHERE NOT (number.value BETWEEN min_score AND max_score AND min_scale(number.value) <= decimals)
                UNION ALL
                SELECT 'overall_performance_level', NULL, format('must be from 1 to %s in test ''%s'', not %s', levels, test_id, level), false
                WHERE level > levels
            $$;

            CREATE FUNCTION public.scores_fit_their_test() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                flaw record;
            BEGIN
                PERFORM FROM public.tests WHERE test_id IN (SELECT test_id FROM written) ORDER BY test_id FOR SHARE;
                SELECT found.* INTO flaw
                FROM written
                JOIN public.tests AS test USING (test_id)
                CROSS JOIN LATERAL public.score_flaws(
                    test.test_id, test.min_score, test.max_score, test.decimals, jsonb_array_length(test.levels),
                    written.overall_score, written.overall_performance_level, written.dimension_scores) AS found
                WHERE written.overall_score NOT BETWEEN test.min_score AND test.max_score
                    OR min_scale(written.overall_score) > test.decimals
                    OR written.overall_performance_level > jsonb_array_length(test.levels)
                    OR jsonb_path_exists(
                        written.dimension_scores, '$.* ? (@ < $min || @ > $max || (@ * $units) % 1 != 0)',
                        jsonb_build_object('min', test.min_score, 'max', test.max_score, 'units', (10 ^ test.decimals)::int))
                LIMIT 1;
                IF FOUND THEN
                    RAISE EXCEPTION USING
                        ERRCODE = 'check_violation', TABLE = 'scores', CONSTRAINT = 'scores_fit_their_test',
                        COLUMN = concat_ws('.', flaw.field, flaw.dimension), MESSAGE = flaw.reason;
                END IF;
                RETURN NULL;
            END
            $$;

            CREATE TRIGGER scores_fit_their_test_inserted AFTER INSERT ON public.scores
            REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION public.scores_fit_their_test();

            CREATE TRIGGER scores_fit_their_test_updated AFTER UPDATE ON public.scores
            REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION public.scores_fit_their_test();

            CREATE FUNCTION public.tests_fit_their_scores() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                flaw record;
            BEGIN
                SELECT score.score_id, found.* INTO flaw
                FROM public.scores AS score
                CROSS JOIN LATERAL public.score_flaws(
                    NEW.test_id, NEW.min_score, NEW.max_score, NEW.decimals, jsonb_array_length(NEW.levels),
                    score.overall_score, score.overall_performance_level, score.dimension_scores) AS found
                WHERE score.test_id = NEW.test_id
                LIMIT 1;
                IF FOUND THEN
                    RAISE EXCEPTION USING
                        ERRCODE = 'check_violation', TABLE = 'tests', CONSTRAINT = 'tests_fit_their_scores',
                        COLUMN = CASE
                            WHEN flaw.field = 'overall_performance_level' THEN 'levels'
                            WHEN flaw.reason LIKE 'has more%' THEN 'decimals'
                            WHEN flaw.is_below THEN 'min_score'
                            ELSE 'max_score'
                        END,
                        MESSAGE = format('does not fit score ''%s'', which %s', flaw.score_id, flaw.reason);
                END IF;
                RETURN NEW;
            END
            $$;

            CREATE TRIGGER tests_fit_their_scores BEFORE UPDATE ON public.tests FOR EACH ROW
            WHEN ((OLD.min_score, OLD.max_score, OLD.decimals, OLD.levels) IS DISTINCT FROM (NEW.min_score, NEW.max_score, NEW.decimals, NEW.levels))
            EXECUTE FUNCTION public.tests_fit_their_scores();
            """;

        public const string Down = """
            DROP TRIGGER tests_fit_their_scores ON public.tests;
            DROP TRIGGER scores_fit_their_test_updated ON public.scores;
            DROP TRIGGER scores_fit_their_test_inserted ON public.scores;
            DROP FUNCTION public.tests_fit_their_scores;
            DROP FUNCTION public.scores_fit_their_test;
            DROP FUNCTION public.score_flaws;
            """;
    }
}
