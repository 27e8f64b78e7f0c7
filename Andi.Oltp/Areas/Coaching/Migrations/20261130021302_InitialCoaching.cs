using System;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Coaching.Migrations
{
    /// <inheritdoc />
    public partial class InitialCoaching : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ciq_sessions",
                columns: table => new
                {
                    session_id = table.Column<string>(type: "text", nullable: false),
                    teacher_id = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    grade = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    duration_seconds = table.Column<int>(type: "integer", nullable: false),
                    student_count = table.Column<int>(type: "integer", nullable: false),
                    ciq_score = table.Column<decimal>(type: "numeric(5,2)", nullable: false),
                    equity_score = table.Column<decimal>(type: "numeric(5,2)", nullable: false),
                    wait_time_seconds = table.Column<decimal>(type: "numeric(6,2)", nullable: false),
                    student_engagement = table.Column<decimal>(type: "numeric(5,2)", nullable: false),
                    teacher_talk_ratio = table.Column<decimal>(type: "numeric(5,4)", nullable: false),
                    open_questions = table.Column<int>(type: "integer", nullable: false),
                    closed_questions = table.Column<int>(type: "integer", nullable: false),
                    school_id = table.Column<string>(type: "text", nullable: false),
                    district_id = table.Column<string>(type: "text", nullable: false),
                    state_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ciq_sessions", x => x.session_id);
                    table.CheckConstraint("ck_ciq_sessions_ciq_score", "ciq_score BETWEEN 0 AND 100");
                    table.CheckConstraint("ck_ciq_sessions_closed_questions", "closed_questions BETWEEN 0 AND 2147483647");
                    table.CheckConstraint("ck_ciq_sessions_duration_seconds", "duration_seconds BETWEEN 0 AND 86400");
                    table.CheckConstraint("ck_ciq_sessions_equity_score", "equity_score BETWEEN 0 AND 100");
                    table.CheckConstraint("ck_ciq_sessions_grade", "btrim(grade) <> '' AND char_length(grade) <= 16");
                    table.CheckConstraint("ck_ciq_sessions_open_questions", "open_questions BETWEEN 0 AND 2147483647");
                    table.CheckConstraint("ck_ciq_sessions_session_id", "char_length(session_id) BETWEEN 1 AND 64 AND session_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                    table.CheckConstraint("ck_ciq_sessions_started_at", "started_at >= '1970-01-01T00:00:00Z' AND started_at < '2100-01-01T00:00:00Z'");
                    table.CheckConstraint("ck_ciq_sessions_student_count", "student_count BETWEEN 0 AND 2147483647");
                    table.CheckConstraint("ck_ciq_sessions_student_engagement", "student_engagement BETWEEN 0 AND 100");
                    table.CheckConstraint("ck_ciq_sessions_subject", "btrim(subject) <> '' AND char_length(subject) <= 64");
                    table.CheckConstraint("ck_ciq_sessions_teacher_talk_ratio", "teacher_talk_ratio BETWEEN 0 AND 1");
                    table.CheckConstraint("ck_ciq_sessions_wait_time_seconds", "wait_time_seconds BETWEEN 0 AND 9999.99");
                    table.ForeignKey(
                        name: "fk_ciq_sessions_teacher_id",
                        column: x => x.teacher_id,
                        principalTable: "teachers",
                        principalColumn: "teacher_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "community_activity",
                columns: table => new
                {
                    activity_id = table.Column<string>(type: "text", nullable: false),
                    teacher_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    forum = table.Column<string>(type: "text", nullable: false),
                    occurred_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    school_id = table.Column<string>(type: "text", nullable: false),
                    district_id = table.Column<string>(type: "text", nullable: false),
                    state_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_community_activity", x => x.activity_id);
                    table.CheckConstraint("ck_community_activity_activity_id", "char_length(activity_id) BETWEEN 1 AND 64 AND activity_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                    table.CheckConstraint("ck_community_activity_forum", "btrim(forum) <> '' AND char_length(forum) <= 100");
                    table.CheckConstraint("ck_community_activity_kind", "kind IN ('post', 'reply', 'like', 'share', 'mentor')");
                    table.CheckConstraint("ck_community_activity_occurred_at", "occurred_at >= '1970-01-01T00:00:00Z' AND occurred_at < '2100-01-01T00:00:00Z'");
                    table.ForeignKey(
                        name: "fk_community_activity_teacher_id",
                        column: x => x.teacher_id,
                        principalTable: "teachers",
                        principalColumn: "teacher_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "resources",
                columns: table => new
                {
                    resource_id = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    grade_band = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_resources", x => x.resource_id);
                    table.CheckConstraint("ck_resources_grade_band", "btrim(grade_band) <> '' AND char_length(grade_band) <= 32");
                    table.CheckConstraint("ck_resources_kind", "btrim(kind) <> '' AND char_length(kind) <= 64");
                    table.CheckConstraint("ck_resources_resource_id", "char_length(resource_id) BETWEEN 1 AND 64 AND resource_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                    table.CheckConstraint("ck_resources_subject", "btrim(subject) <> '' AND char_length(subject) <= 64");
                    table.CheckConstraint("ck_resources_title", "btrim(title) <> '' AND char_length(title) <= 300");
                });

            migrationBuilder.CreateTable(
                name: "resource_usage",
                columns: table => new
                {
                    usage_id = table.Column<string>(type: "text", nullable: false),
                    resource_id = table.Column<string>(type: "text", nullable: false),
                    teacher_id = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    duration_seconds = table.Column<int>(type: "integer", nullable: true),
                    rating = table.Column<short>(type: "smallint", nullable: true),
                    occurred_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    school_id = table.Column<string>(type: "text", nullable: false),
                    district_id = table.Column<string>(type: "text", nullable: false),
                    state_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_resource_usage", x => x.usage_id);
                    table.CheckConstraint("ck_resource_usage_action", "action IN ('view', 'download', 'complete', 'share', 'rate')");
                    table.CheckConstraint("ck_resource_usage_duration_seconds", "duration_seconds BETWEEN 0 AND 86400");
                    table.CheckConstraint("ck_resource_usage_occurred_at", "occurred_at >= '1970-01-01T00:00:00Z' AND occurred_at < '2100-01-01T00:00:00Z'");
                    table.CheckConstraint("ck_resource_usage_rating", "rating BETWEEN 1 AND 5");
                    table.CheckConstraint("ck_resource_usage_rating_with_rate", "(action = 'rate') = (rating IS NOT NULL)");
                    table.CheckConstraint("ck_resource_usage_usage_id", "char_length(usage_id) BETWEEN 1 AND 64 AND usage_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                    table.ForeignKey(
                        name: "fk_resource_usage_resource_id",
                        column: x => x.resource_id,
                        principalTable: "resources",
                        principalColumn: "resource_id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_resource_usage_teacher_id",
                        column: x => x.teacher_id,
                        principalTable: "teachers",
                        principalColumn: "teacher_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_ciq_sessions_teacher_id",
                table: "ciq_sessions",
                column: "teacher_id");

            migrationBuilder.CreateIndex(
                name: "ix_community_activity_teacher_id",
                table: "community_activity",
                column: "teacher_id");

            migrationBuilder.CreateIndex(
                name: "ix_resource_usage_resource_id",
                table: "resource_usage",
                column: "resource_id");

            migrationBuilder.CreateIndex(
                name: "ix_resource_usage_teacher_id",
                table: "resource_usage",
                column: "teacher_id");

            migrationBuilder.CaptureChanges("resources", "ciq_sessions", "resource_usage", "community_activity");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ciq_sessions");

            migrationBuilder.DropTable(
                name: "community_activity");

            migrationBuilder.DropTable(
                name: "resource_usage");

            migrationBuilder.DropTable(
                name: "resources");
        }
    }
}
