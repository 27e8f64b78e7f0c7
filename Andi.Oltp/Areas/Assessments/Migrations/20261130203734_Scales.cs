using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Assessments.Migrations
{
    /// <inheritdoc />
    public partial class Scales : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_max_score",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_dimension_scores",
                table: "scores");

            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_overall_performance_level",
                table: "scores");

            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_overall_score",
                table: "scores");

            // A test's subject is that of today.
            migrationBuilder.DropColumn(
                name: "subject",
                table: "scores");

            migrationBuilder.AddColumn<string>(
                name: "status",
                table: "scores",
                type: "text",
                nullable: false,
                defaultValue: "scored");

            migrationBuilder.AlterColumn<decimal>(
                name: "max_score",
                table: "tests",
                type: "numeric",
                nullable: false,
                oldClrType: typeof(decimal),
                oldType: "numeric(7,2)");

            migrationBuilder.AddColumn<string>(
                name: "bands",
                table: "tests",
                type: "jsonb",
                nullable: false,
                defaultValue: """[{"name":"Excellent","from":90},{"name":"Good","from":80},{"name":"Fair","from":70},{"name":"Needs improvement","from":0}]""");

            migrationBuilder.AddColumn<short>(
                name: "decimals",
                table: "tests",
                type: "smallint",
                nullable: false,
                defaultValue: (short)2);

            migrationBuilder.AddColumn<string>(
                name: "levels",
                table: "tests",
                type: "jsonb",
                nullable: false,
                defaultValue: """["Below basic","Basic","Proficient","Advanced"]""");

            migrationBuilder.AddColumn<decimal>(
                name: "min_score",
                table: "tests",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AlterColumn<decimal>(
                name: "overall_score",
                table: "scores",
                type: "numeric",
                nullable: true,
                oldClrType: typeof(decimal),
                oldType: "numeric(5,2)");

            migrationBuilder.AlterColumn<short>(
                name: "overall_performance_level",
                table: "scores",
                type: "smallint",
                nullable: true,
                oldClrType: typeof(short),
                oldType: "smallint");

            // Until here scores were percentages, whatever a test's maximum said.
            migrationBuilder.Sql("UPDATE public.tests SET max_score = 100");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_bands",
                table: "tests",
                sql: "jsonb_typeof(bands) = 'array' AND jsonb_array_length(bands) <= 20 AND NOT jsonb_path_exists(bands, '$[*] ? (!exists(@.name ? (@.type() == \"string\")) || !exists(@.from ? (@.type() == \"number\")))') AND (bands = '[]' OR (bands -> -1 ->> 'from')::numeric = min_score AND (bands -> 0 ->> 'from')::numeric < max_score)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_decimals",
                table: "tests",
                sql: "decimals BETWEEN 0 AND 4");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_levels",
                table: "tests",
                sql: "jsonb_typeof(levels) = 'array' AND jsonb_array_length(levels) BETWEEN 1 AND 7 AND NOT jsonb_path_exists(levels, '$[*] ? (@.type() != \"string\")')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_max_score",
                table: "tests",
                sql: "max_score BETWEEN -99999.9999 AND 99999.9999 AND min_scale(max_score) <= 4");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_min_score",
                table: "tests",
                sql: "min_score BETWEEN -99999.9999 AND 99999.9999 AND min_scale(min_score) <= 4");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_scale",
                table: "tests",
                sql: "min_score < max_score AND min_scale(min_score) <= decimals AND min_scale(max_score) <= decimals");

            migrationBuilder.AddCheckConstraint(
                name: "ck_scores_dimension_scores",
                table: "scores",
                sql: "jsonb_typeof(dimension_scores) = 'object' AND NOT jsonb_path_exists(dimension_scores, 'strict $.* ? (@.type() != \"number\" || @ < -99999.9999 || @ > 99999.9999 || (@ * 10000) % 1 != 0)')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_scores_overall_performance_level",
                table: "scores",
                sql: "overall_performance_level BETWEEN 1 AND 7");

            migrationBuilder.AddCheckConstraint(
                name: "ck_scores_overall_score",
                table: "scores",
                sql: "overall_score BETWEEN -99999.9999 AND 99999.9999 AND min_scale(overall_score) <= 4");

            migrationBuilder.AddCheckConstraint(
                name: "ck_scores_status",
                table: "scores",
                sql: "status IN ('scored', 'exempt', 'absent', 'invalidated')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_scores_value",
                table: "scores",
                sql: "CASE status WHEN 'scored' THEN overall_score IS NOT NULL ELSE num_nulls(overall_score, overall_performance_level) = 2 AND dimension_scores = '{}' END");

            // Rows that are there already may have been typed wrongly; whoever corrects one of them has to correct its date or its year, too.
            migrationBuilder.Sql(
                "ALTER TABLE public.scores ADD CONSTRAINT ck_scores_year_of_date CHECK ("
                + "test_date >= make_date(left(school_year, 4)::int, 4, 1) AND test_date <= make_date(left(school_year, 4)::int + 1, 9, 30)) NOT VALID");

            migrationBuilder.Sql(ScalesSql.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ScalesSql.Down);

            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_bands",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_decimals",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_levels",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_max_score",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_min_score",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_scale",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_dimension_scores",
                table: "scores");

            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_overall_performance_level",
                table: "scores");

            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_overall_score",
                table: "scores");

            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_status",
                table: "scores");

            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_value",
                table: "scores");

            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_year_of_date",
                table: "scores");

            migrationBuilder.DropColumn(
                name: "bands",
                table: "tests");

            migrationBuilder.DropColumn(
                name: "decimals",
                table: "tests");

            migrationBuilder.DropColumn(
                name: "levels",
                table: "tests");

            migrationBuilder.DropColumn(
                name: "min_score",
                table: "tests");

            migrationBuilder.DropColumn(
                name: "status",
                table: "scores");

            migrationBuilder.AddColumn<string>(
                name: "subject",
                table: "scores",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AlterColumn<decimal>(
                name: "max_score",
                table: "tests",
                type: "numeric(7,2)",
                nullable: false,
                oldClrType: typeof(decimal),
                oldType: "numeric");

            migrationBuilder.AlterColumn<decimal>(
                name: "overall_score",
                table: "scores",
                type: "numeric(5,2)",
                nullable: false,
                defaultValue: 0m,
                oldClrType: typeof(decimal),
                oldType: "numeric",
                oldNullable: true);

            migrationBuilder.AlterColumn<short>(
                name: "overall_performance_level",
                table: "scores",
                type: "smallint",
                nullable: false,
                defaultValue: (short)0,
                oldClrType: typeof(short),
                oldType: "smallint",
                oldNullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_max_score",
                table: "tests",
                sql: "max_score BETWEEN 0.01 AND 99999.99");

            migrationBuilder.AddCheckConstraint(
                name: "ck_scores_dimension_scores",
                table: "scores",
                sql: "jsonb_typeof(dimension_scores) = 'object' AND NOT jsonb_path_exists(dimension_scores, 'strict $.* ? (@.type() != \"number\" || @ < 0 || @ > 100 || (@ * 100) % 1 != 0)')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_scores_overall_performance_level",
                table: "scores",
                sql: "overall_performance_level BETWEEN 1 AND 4");

            migrationBuilder.AddCheckConstraint(
                name: "ck_scores_overall_score",
                table: "scores",
                sql: "overall_score BETWEEN 0 AND 100");
        }
    }
}
