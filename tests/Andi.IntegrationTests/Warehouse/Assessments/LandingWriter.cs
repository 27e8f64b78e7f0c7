using System.Globalization;
using System.Text.Json;
using Andi.Warehouse.Client;
using Andi.Warehouse.Ingest;

namespace Andi.IntegrationTests.Warehouse.Assessments;

/// <summary>Inserts changes into landing tables as the ingestor does: two rows for an update, one token for a batch.</summary>
internal sealed class LandingWriter(ClickHouseClient client, ExactlyOnceSettings settings, uint generation)
{
    private long _offset;

    public uint Generation => generation;

    /// <summary>The rows of a batch; the same changes give the same rows only when made once, so keep them to send them again.</summary>
    public byte[] Rows<T>(IEnumerable<Change<T>> changes, Func<T, Dictionary<string, object?>> columns)
        where T : class
    {
        using var rows = new MemoryStream();
        foreach (var change in changes)
        {
            _offset++;
            if (change.Before is { } before)
            {
                Write(rows, columns(before), -1, change);
            }

            if (change.After is { } after)
            {
                Write(rows, columns(after), 1, change);
            }
        }

        return rows.ToArray();
    }

    public async Task InsertAsync(string table, byte[] rows, string token, CancellationToken cancellationToken) => await client.InsertAsync(
        new ClickHouseInsert("staging", table, "JSONEachRow") { Settings = settings.For(token) }, rows, cancellationToken);

    private void Write<T>(Stream rows, Dictionary<string, object?> columns, int sign, Change<T> change)
        where T : class
    {
        columns["_sign"] = sign;
        columns["_position"] = change.Position.ToString(CultureInfo.InvariantCulture);
        columns["_txid"] = (ulong)(change.Position >> 32);
        columns["_deleted"] = change.After is null ? 1 : 0;
        columns["_generation"] = generation;
        columns["_partition"] = 0;
        columns["_offset"] = _offset;
        columns["_committed_at"] = "2026-05-01 10:00:00.000000";
        columns["_ingested_at"] = "2026-05-01 10:00:01.000000";
        columns["_unmapped"] = "";
        JsonSerializer.Serialize(rows, columns);
        rows.WriteByte((byte)'\n');
    }

    public static Dictionary<string, object?> Columns(ScoreRow row) => new()
    {
        ["score_id"] = row.ScoreId,
        ["student_id"] = row.StudentId,
        ["teacher_id"] = row.TeacherId,
        ["test_id"] = row.TestId,
        ["school_year"] = row.SchoolYear,
        ["test_date"] = row.TestDate,
        ["status"] = row.Status,
        ["overall_score"] = row.OverallScore,
        ["overall_performance_level"] = row.Level,
        ["dimension_scores"] = JsonSerializer.Serialize(row.Dimensions),
        ["school_id"] = row.SchoolId,
        ["district_id"] = row.DistrictId,
        ["state_id"] = row.StateId,
        ["grade"] = row.Grade,
    };
}
