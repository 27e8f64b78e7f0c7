using System.Text;
using System.Text.Json;
using Andi.Oltp.Imports;
using Andi.Oltp.Imports.Columns;
using Andi.Oltp.Imports.Copy;
using Andi.Oltp.Imports.Csv;

namespace Andi.Oltp.Assessments.Scores;

/// <summary>
/// <c>dimension_scores</c> from a CSV file: either one column <c>dimensionScores</c> of JSON, or a column <c>dimension:&lt;name&gt;</c> for each dimension,
/// whose empty cells are dimensions that the score does not have. Without any of them a score has no dimensions.
/// </summary>
internal sealed class DimensionScoresColumn() : ImportColumn("dimension_scores", "jsonb")
{
    private const string JsonField = "dimensionScores";
    private const string Prefix = "dimension:";

    public override IReadOnlyList<string> Fields => [JsonField, Prefix + "<name>"];

    public override BoundColumn Bind(CsvHeader header)
    {
        var json = header.Take(JsonField);
        var named = header.TakePrefixed(Prefix);
        if (json is not null && named.Count > 0)
        {
            throw CsvHeader.Wrong($"The header has both {JsonField} and columns {Prefix}<name>; use one of the two ways.");
        }

        return json is { } index ? new JsonCell(index) : NamedCells.Create(named);
    }

    private sealed class JsonCell(int index) : BoundColumn
    {
        public override void Write(CsvCursor row, CopyRow copy, RowErrors errors)
        {
            if (DimensionJson.Copy(row[index].IsEmpty ? "{}"u8 : row[index], copy) is { } reason)
            {
                errors.Add(JsonField, reason);
            }
        }
    }

    private sealed class NamedCells(IReadOnlyList<(int Index, string Field, byte[] Key)> cells) : BoundColumn
    {
        public static NamedCells Create(IReadOnlyList<(int Index, string Suffix)> columns)
        {
            if (columns.Count > AssessmentRules.MaxDimensions)
            {
                throw CsvHeader.Wrong($"The header has more than {AssessmentRules.MaxDimensions} dimensions.");
            }

            var wrong = columns.Select(column => (column.Suffix, Reason: AssessmentRules.DimensionName(Encoding.UTF8.GetBytes(column.Suffix))))
                .FirstOrDefault(column => column.Reason is not null);
            return wrong.Reason is null
                ? new NamedCells([.. columns.Select(column => (column.Index, Prefix + column.Suffix, DimensionJson.Key(column.Suffix)))])
                : throw CsvHeader.Wrong($"The name of the dimension '{wrong.Suffix}' {wrong.Reason}.");
        }

        public override void Write(CsvCursor row, CopyRow copy, RowErrors errors)
        {
            var start = copy.BeginJson();
            copy.Raw("{"u8);
            var isFirst = true;
            foreach (var (index, field, key) in cells)
            {
                if (row[index].IsEmpty)
                {
                    continue;
                }

                if (CsvNumber.Read(row[index], Requests.NumberRule.Percentage, out var hundredths) is { } reason)
                {
                    errors.Add(field, reason);
                    continue;
                }

                copy.Raw(isFirst ? ""u8 : ","u8);
                copy.Raw(key);
                DimensionJson.Number(hundredths, copy);
                isFirst = false;
            }

            copy.Raw("}"u8);
            copy.EndJson(start);
        }
    }
}
