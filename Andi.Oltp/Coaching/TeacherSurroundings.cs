using Andi.Oltp.Requests.Records;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Coaching;

/// <summary>What a record of this area takes over as of now: where its teacher is.</summary>
public sealed record TeacherSurroundings(string? SchoolId, string? DistrictId, string? StateId, bool IsRecorded) : ISurroundings
{
    /// <summary>Asks where a teacher is ({0}) and whether <paramref name="table"/> has a row of an id ({1}).</summary>
    internal static string Query(string table, string idColumn) => $$"""
        SELECT place.school_id AS "SchoolId", place.district_id AS "DistrictId", place.state_id AS "StateId",
               EXISTS (SELECT FROM {{table}} WHERE {{idColumn}} = {1}) AS "IsRecorded"
        FROM (SELECT {0} AS teacher_id) AS given
        LEFT JOIN teacher_places AS place USING (teacher_id)
        """;

    /// <param name="query">Made by <see cref="Query"/>.</param>
    internal static Task<TeacherSurroundings> ReadAsync(CoachingDbContext db, string query, string? teacherId, string? id, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<TeacherSurroundings>(query, teacherId!, id!).SingleAsync(cancellationToken);
}
