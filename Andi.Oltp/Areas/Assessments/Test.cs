using System.Text.Json;
using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Validation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Areas.Assessments;

/// <summary>An assessment that students take, and the scale of its scores.</summary>
public sealed class Test
{
    public required string TestId { get; set; }

    public required string Name { get; set; }

    public required string Subject { get; set; }

    /// <summary>The lowest score that there can be.</summary>
    public required decimal MinScore { get; set; }

    /// <summary>The highest score that there can be.</summary>
    public required decimal MaxScore { get; set; }

    /// <summary>How many decimal places a score may have.</summary>
    public required short Decimals { get; set; }

    /// <summary>Ranges of scores that have names, the highest first; may be empty.</summary>
    public required List<ScoreBand> Bands { get; set; }

    /// <summary>The names of the performance levels 1, 2 and so on.</summary>
    public required List<string> Levels { get; set; }
}

/// <summary>A test as it is written.</summary>
public sealed record TestBody
{
    internal static readonly FieldList<TestBody, Test> Fields =
        new FieldList<TestBody, Test>("tests", "testId", body => body.TestId, (test, id) => test.TestId = id)
            .FilteredBy("subject")
            .Text("name", body => body.Name, (test, name) => test.Name = name, SchoolRules.Name)
            .Text("subject", body => body.Subject, (test, subject) => test.Subject = subject, SchoolRules.Subject)
            .Number("minScore", body => body.MinScore, (test, score) => test.MinScore = score, TestScale.Value, TestScale.DefaultMin)
            .Number("maxScore", body => body.MaxScore, (test, score) => test.MaxScore = score, TestScale.Value, TestScale.DefaultMax)
            .SmallNumber("decimals", body => body.Decimals, (test, places) => test.Decimals = places, TestScale.Decimals, TestScale.DefaultDecimals)
            .Custom(
                TestScale.Bands,
                new BandsColumn(),
                (body, errors) => errors.Add(TestScale.Bands.Name, TestScale.Check(body.Bands ?? [])),
                (body, test) => test.Bands = body.StoredBands(),
                (body, copy) => TestScale.Write(body.StoredBands(), copy))
            .Custom(
                TestScale.Levels,
                ValueColumn.Json(
                    TestScale.Levels.Name, TestScale.Levels.Column,
                    (cell, copy) => TestScale.Copy<string?>(
                        cell, copy, """must be a JSON array such as ["Basic", "Advanced"]""", TestScale.Check, TestScale.Stored),
                    copy => TestScale.Write(TestScale.DefaultLevels, copy)),
                (body, errors) => errors.Add(TestScale.Levels.Name, TestScale.Check(body.Levels ?? [.. TestScale.DefaultLevels])),
                (body, test) => test.Levels = body.StoredLevels(),
                (body, copy) => TestScale.Write(body.StoredLevels(), copy))
            .Rule(TestScale.Validate);

    /// <summary>May be left out; else that of the path.</summary>
    public string? TestId { get; init; }

    public string? Name { get; init; }

    public string? Subject { get; init; }

    /// <summary>The lowest score that there can be; 0 where it is left out.</summary>
    public decimal? MinScore { get; init; }

    /// <summary>The highest score that there can be; 100 where it is left out.</summary>
    public decimal? MaxScore { get; init; }

    /// <summary>How many decimal places a score may have, 0 to 4; 2 where it is left out.</summary>
    public int? Decimals { get; init; }

    /// <summary>
    /// At most 20 ranges of scores with names, the lowest of which begins at minScore. Left out: of a scale from 0 to 100 Excellent (90), Good (80), Fair
    /// (70) and Needs improvement, of another scale none.
    /// </summary>
    public List<ScoreBand?>? Bands { get; init; }

    /// <summary>Names of the performance levels, 1 to 7 of them, the lowest first. Left out: Below basic, Basic, Proficient, Advanced.</summary>
    public List<string?>? Levels { get; init; }

    internal static ImportDefinition DefineImport() => Fields.DefineKeyedImport(
        new StagingCheck("maxScore", "SELECT line, 'must be more than minScore, ' || trim_scale(min_score) FROM import_rows WHERE max_score <= min_score"),
        TooFine("minScore", "min_score"),
        TooFine("maxScore", "max_score"),
        new StagingCheck(
            TestScale.Bands.Name,
            "SELECT line, 'must begin at minScore, ' || trim_scale(min_score) || ', and end below maxScore' FROM import_rows "
            + $"WHERE min_score < max_score AND NOT ({TestScale.Bands.Check})"),
        new StagingCheck(
            "minScore, maxScore, decimals, levels",
            """
            SELECT DISTINCT ON (line) line, 'does not fit score ''' || score_id || ''', which ' || flaw.reason
            FROM import_rows
            JOIN scores USING (test_id)
            CROSS JOIN LATERAL score_flaws(
                test_id, min_score, max_score, decimals, jsonb_array_length(levels), overall_score, overall_performance_level, dimension_scores) AS flaw
            ORDER BY line, score_id
            """,
            ImportMode.Upsert));

    private static StagingCheck TooFine(string field, string column) => new(
        field, $"SELECT line, 'has more decimal places than the ' || decimals || ' of decimals' FROM import_rows WHERE min_scale({column}) > decimals");

    internal static void Configure(EntityTypeBuilder<Test> test)
    {
        test.ToTable(table => table.HasCheckConstraint(
            "ck_tests_scale", "min_score < max_score AND min_scale(min_score) <= decimals AND min_scale(max_score) <= decimals"));
        test.Property(row => row.Bands).HasConversion(
            bands => JsonSerializer.Serialize(bands, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<List<ScoreBand>>(json, JsonSerializerOptions.Web)!,
            new ValueComparer<List<ScoreBand>>((left, right) => left!.SequenceEqual(right!), bands => bands.Count, bands => bands.ToList()));
        test.Property(row => row.Levels).HasConversion(
            levels => JsonSerializer.Serialize(levels, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<List<string>>(json, JsonSerializerOptions.Web)!,
            new ValueComparer<List<string>>((left, right) => left!.SequenceEqual(right!), levels => levels.Count, levels => levels.ToList()));
    }

    private List<ScoreBand> StoredBands() => Bands is null
        ? TestScale.DefaultBands(MinScore ?? TestScale.DefaultMin, MaxScore ?? TestScale.DefaultMax)
        : TestScale.Stored(Bands.OfType<ScoreBand>());

    private List<string> StoredLevels() => TestScale.Stored(Levels ?? [.. TestScale.DefaultLevels]);
}
