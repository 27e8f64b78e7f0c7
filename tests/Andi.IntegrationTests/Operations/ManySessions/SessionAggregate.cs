namespace Andi.IntegrationTests.Operations.ManySessions;

/// <summary>
/// An aggregate of CIQ sessions, as a statement for each store: a line of text for each group, in the order of bytes, the same lines from both.
/// </summary>
/// <param name="Table">In the warehouse.</param>
/// <param name="Keys">The columns of its groups; PostgreSQL's side computes them under the same names.</param>
/// <param name="Measures">Its sums, by column, as PostgreSQL counts them over the sessions.</param>
/// <param name="HasHistogram">Whether it counts the values of the equity score.</param>
internal sealed record SessionAggregate(string Table, string[] Keys, (string Column, string OfSession)[] Measures, bool HasHistogram)
{
    private static readonly (string Column, string OfSession)[] OfLessons =
    [
        ("sessions", "1"), ("seconds_total", "duration_seconds"), ("students_total", "student_count"),
        ("ciq_total", "ciq"), ("ciq_squares", "ciq * ciq"), ("equity_total", "equity"), ("equity_squares", "equity * equity"), ("wait_total", "wait"),
        ("wait_squares", "wait * wait"), ("engagement_total", "engagement"), ("engagement_squares", "engagement * engagement"), ("talk_total", "talk"),
        ("talk_squares", "talk * talk"), ("open_questions_total", "open_questions"), ("closed_questions_total", "closed_questions"),
        ("engagement_by_ciq", "engagement * ciq"), ("engagement_by_wait", "engagement * wait"),
    ];

    public static readonly SessionAggregate[] All =
    [
        new("agg.daily_teacher_performance", ["teacher_id", "day", "subject", "grade", "school_id", "district_id", "state_id"], OfLessons, true),
        new("agg.weekly_school_metrics", ["school_id", "week", "month", "subject", "grade", "district_id", "state_id"], OfLessons, true),
        new("agg.monthly_district_trends", ["district_id", "month", "subject", "grade", "state_id"], OfLessons, true),
        new("agg.weekly_teacher_activity", ["district_id", "week", "school_id", "teacher_id", "month", "state_id"], [OfLessons[0]], false),
    ];

    /// <summary>What stands: also of groups whose sessions are gone, where they are not zero throughout.</summary>
    public string WarehouseSql => $"""
        SELECT concatWithSeparator(
            '|', {List(Keys, key => $"toString({key})")}, {List(Measures, measure => $"toString(sum({measure.Column}))")}{Histogram}) AS text
        FROM {Table}_current
        GROUP BY {List(Keys, key => key)}
        HAVING {string.Join(" OR ", Measures.Select(measure => $"sum({measure.Column}) != 0"))}
        ORDER BY text
        """;

    /// <summary>What should: PostgreSQL's own count of the rows that it holds.</summary>
    public string SourceSql => $"""
        SELECT concat_ws(
            '|', {List(Keys, key => key)}, {List(Measures, measure => $"sum({measure.Column})")}
            {(HasHistogram ? ", string_agg(equity || ':' || sessions, ',' ORDER BY equity)" : "")}) COLLATE "C" AS text
        FROM
        (
            SELECT {List(Keys, key => key)}, equity, {List(Measures, measure => $"sum({measure.OfSession}) AS {measure.Column}")}
            FROM
            (
                SELECT *, (started_at AT TIME ZONE 'UTC')::date AS day, date_trunc('week', started_at AT TIME ZONE 'UTC')::date AS week,
                    date_trunc('month', started_at AT TIME ZONE 'UTC')::date AS month, (ciq_score * 100)::bigint AS ciq, (equity_score * 100)::bigint AS equity,
                    (wait_time_seconds * 100)::bigint AS wait, (student_engagement * 100)::bigint AS engagement, (teacher_talk_ratio * 10000)::bigint AS talk
                FROM public.ciq_sessions
            ) AS session
            GROUP BY {List(Keys, key => key)}, equity
        ) AS of_equity
        GROUP BY {List(Keys, key => key)}
        ORDER BY text
        """;

    private string Histogram => HasHistogram
        ? """
            , arrayStringConcat(arrayMap(entry -> concat(toString(entry.1), ':', toString(entry.2)), arraySort(arrayFilter(
                entry -> entry.2 != 0, arrayZip(mapKeys(sumMap(equity_histogram)), mapValues(sumMap(equity_histogram)))))), ',')
            """
        : "";

    private static string List<T>(IEnumerable<T> parts, Func<T, string> text) => string.Join(", ", parts.Select(text));
}
