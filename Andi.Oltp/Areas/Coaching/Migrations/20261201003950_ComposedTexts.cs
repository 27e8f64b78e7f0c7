using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Coaching.Migrations
{
    /// <inheritdoc />
    public partial class ComposedTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_resources_grade_band",
                table: "resources");

            migrationBuilder.DropCheckConstraint(
                name: "ck_resources_kind",
                table: "resources");

            migrationBuilder.DropCheckConstraint(
                name: "ck_resources_resource_id",
                table: "resources");

            migrationBuilder.DropCheckConstraint(
                name: "ck_resources_subject",
                table: "resources");

            migrationBuilder.DropCheckConstraint(
                name: "ck_resources_title",
                table: "resources");

            migrationBuilder.DropCheckConstraint(
                name: "ck_resource_usage_usage_id",
                table: "resource_usage");

            migrationBuilder.DropCheckConstraint(
                name: "ck_community_activity_activity_id",
                table: "community_activity");

            migrationBuilder.DropCheckConstraint(
                name: "ck_community_activity_forum",
                table: "community_activity");

            migrationBuilder.DropCheckConstraint(
                name: "ck_ciq_sessions_session_id",
                table: "ciq_sessions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_ciq_sessions_subject",
                table: "ciq_sessions");

            migrationBuilder.AddCheckConstraint(
                name: "ck_resources_grade_band",
                table: "resources",
                sql: "btrim(grade_band) = grade_band AND grade_band <> '' AND char_length(grade_band) <= 32 AND grade_band !~ '[[:cntrl:]]' AND (octet_length(grade_band) = char_length(grade_band) OR (grade_band IS NFC NORMALIZED AND grade_band !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_resources_kind",
                table: "resources",
                sql: "btrim(kind) = kind AND kind <> '' AND char_length(kind) <= 64 AND kind !~ '[[:cntrl:]]' AND (octet_length(kind) = char_length(kind) OR (kind IS NFC NORMALIZED AND kind !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_resources_resource_id",
                table: "resources",
                sql: "char_length(resource_id) BETWEEN 1 AND 64 AND resource_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(resource_id) = char_length(resource_id) OR (resource_id IS NFC NORMALIZED AND resource_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_resources_subject",
                table: "resources",
                sql: "btrim(subject) = subject AND subject <> '' AND char_length(subject) <= 64 AND subject !~ '[[:cntrl:]]' AND (octet_length(subject) = char_length(subject) OR (subject IS NFC NORMALIZED AND subject !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_resources_title",
                table: "resources",
                sql: "btrim(title) = title AND title <> '' AND char_length(title) <= 300 AND title !~ '[[:cntrl:]]' AND (octet_length(title) = char_length(title) OR (title IS NFC NORMALIZED AND title !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_resource_usage_usage_id",
                table: "resource_usage",
                sql: "char_length(usage_id) BETWEEN 1 AND 64 AND usage_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(usage_id) = char_length(usage_id) OR (usage_id IS NFC NORMALIZED AND usage_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_community_activity_activity_id",
                table: "community_activity",
                sql: "char_length(activity_id) BETWEEN 1 AND 64 AND activity_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(activity_id) = char_length(activity_id) OR (activity_id IS NFC NORMALIZED AND activity_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_community_activity_forum",
                table: "community_activity",
                sql: "btrim(forum) = forum AND forum <> '' AND char_length(forum) <= 100 AND forum !~ '[[:cntrl:]]' AND (octet_length(forum) = char_length(forum) OR (forum IS NFC NORMALIZED AND forum !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_ciq_sessions_session_id",
                table: "ciq_sessions",
                sql: "char_length(session_id) BETWEEN 1 AND 64 AND session_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(session_id) = char_length(session_id) OR (session_id IS NFC NORMALIZED AND session_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_ciq_sessions_subject",
                table: "ciq_sessions",
                sql: "btrim(subject) = subject AND subject <> '' AND char_length(subject) <= 64 AND subject !~ '[[:cntrl:]]' AND (octet_length(subject) = char_length(subject) OR (subject IS NFC NORMALIZED AND subject !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_resources_grade_band",
                table: "resources");

            migrationBuilder.DropCheckConstraint(
                name: "ck_resources_kind",
                table: "resources");

            migrationBuilder.DropCheckConstraint(
                name: "ck_resources_resource_id",
                table: "resources");

            migrationBuilder.DropCheckConstraint(
                name: "ck_resources_subject",
                table: "resources");

            migrationBuilder.DropCheckConstraint(
                name: "ck_resources_title",
                table: "resources");

            migrationBuilder.DropCheckConstraint(
                name: "ck_resource_usage_usage_id",
                table: "resource_usage");

            migrationBuilder.DropCheckConstraint(
                name: "ck_community_activity_activity_id",
                table: "community_activity");

            migrationBuilder.DropCheckConstraint(
                name: "ck_community_activity_forum",
                table: "community_activity");

            migrationBuilder.DropCheckConstraint(
                name: "ck_ciq_sessions_session_id",
                table: "ciq_sessions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_ciq_sessions_subject",
                table: "ciq_sessions");

            migrationBuilder.AddCheckConstraint(
                name: "ck_resources_grade_band",
                table: "resources",
                sql: "btrim(grade_band) <> '' AND char_length(grade_band) <= 32");

            migrationBuilder.AddCheckConstraint(
                name: "ck_resources_kind",
                table: "resources",
                sql: "btrim(kind) <> '' AND char_length(kind) <= 64");

            migrationBuilder.AddCheckConstraint(
                name: "ck_resources_resource_id",
                table: "resources",
                sql: "char_length(resource_id) BETWEEN 1 AND 64 AND resource_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_resources_subject",
                table: "resources",
                sql: "btrim(subject) <> '' AND char_length(subject) <= 64");

            migrationBuilder.AddCheckConstraint(
                name: "ck_resources_title",
                table: "resources",
                sql: "btrim(title) <> '' AND char_length(title) <= 300");

            migrationBuilder.AddCheckConstraint(
                name: "ck_resource_usage_usage_id",
                table: "resource_usage",
                sql: "char_length(usage_id) BETWEEN 1 AND 64 AND usage_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_community_activity_activity_id",
                table: "community_activity",
                sql: "char_length(activity_id) BETWEEN 1 AND 64 AND activity_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_community_activity_forum",
                table: "community_activity",
                sql: "btrim(forum) <> '' AND char_length(forum) <= 100");

            migrationBuilder.AddCheckConstraint(
                name: "ck_ciq_sessions_session_id",
                table: "ciq_sessions",
                sql: "char_length(session_id) BETWEEN 1 AND 64 AND session_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_ciq_sessions_subject",
                table: "ciq_sessions",
                sql: "btrim(subject) <> '' AND char_length(subject) <= 64");
        }
    }
}
