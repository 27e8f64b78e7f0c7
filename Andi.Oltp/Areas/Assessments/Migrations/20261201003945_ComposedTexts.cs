using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Assessments.Migrations
{
    /// <inheritdoc />
    public partial class ComposedTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_name",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_subject",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_test_id",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_score_id",
                table: "scores");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_name",
                table: "tests",
                sql: "btrim(name) = name AND name <> '' AND char_length(name) <= 200 AND name !~ '[[:cntrl:]]' AND (octet_length(name) = char_length(name) OR (name IS NFC NORMALIZED AND name !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_subject",
                table: "tests",
                sql: "btrim(subject) = subject AND subject <> '' AND char_length(subject) <= 64 AND subject !~ '[[:cntrl:]]' AND (octet_length(subject) = char_length(subject) OR (subject IS NFC NORMALIZED AND subject !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_test_id",
                table: "tests",
                sql: "char_length(test_id) BETWEEN 1 AND 64 AND test_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(test_id) = char_length(test_id) OR (test_id IS NFC NORMALIZED AND test_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_scores_score_id",
                table: "scores",
                sql: "char_length(score_id) BETWEEN 1 AND 64 AND score_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(score_id) = char_length(score_id) OR (score_id IS NFC NORMALIZED AND score_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_name",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_subject",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_test_id",
                table: "tests");

            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_score_id",
                table: "scores");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_name",
                table: "tests",
                sql: "btrim(name) <> '' AND char_length(name) <= 200");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_subject",
                table: "tests",
                sql: "btrim(subject) <> '' AND char_length(subject) <= 64");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_test_id",
                table: "tests",
                sql: "char_length(test_id) BETWEEN 1 AND 64 AND test_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_scores_score_id",
                table: "scores",
                sql: "char_length(score_id) BETWEEN 1 AND 64 AND score_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
        }
    }
}
