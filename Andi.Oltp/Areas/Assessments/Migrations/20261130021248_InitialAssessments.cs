using System;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Assessments.Migrations
{
    /// <inheritdoc />
    public partial class InitialAssessments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "tests",
                columns: table => new
                {
                    test_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    max_score = table.Column<decimal>(type: "numeric(7,2)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tests", x => x.test_id);
                    table.CheckConstraint("ck_tests_max_score", "max_score > 0");
                    table.CheckConstraint("ck_tests_name", "btrim(name) <> '' AND char_length(name) <= 200");
                    table.CheckConstraint("ck_tests_subject", "btrim(subject) <> '' AND char_length(subject) <= 64");
                    table.CheckConstraint("ck_tests_test_id", "char_length(test_id) BETWEEN 1 AND 64 AND test_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                });

            migrationBuilder.CreateTable(
                name: "scores",
                columns: table => new
                {
                    score_id = table.Column<string>(type: "text", nullable: false),
                    student_id = table.Column<string>(type: "text", nullable: false),
                    teacher_id = table.Column<string>(type: "text", nullable: false),
                    test_id = table.Column<string>(type: "text", nullable: false),
                    school_year = table.Column<string>(type: "text", nullable: false),
                    test_date = table.Column<DateOnly>(type: "date", nullable: false),
                    overall_score = table.Column<decimal>(type: "numeric(5,2)", nullable: false),
                    overall_performance_level = table.Column<short>(type: "smallint", nullable: false),
                    dimension_scores = table.Column<string>(type: "jsonb", nullable: false),
                    school_id = table.Column<string>(type: "text", nullable: false),
                    district_id = table.Column<string>(type: "text", nullable: false),
                    state_id = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    grade = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scores", x => x.score_id);
                    table.CheckConstraint("ck_scores_dimension_scores", "jsonb_typeof(dimension_scores) = 'object' AND NOT jsonb_path_exists(dimension_scores, 'strict $.* ? (@.type() != \"number\" || @ < 0 || @ > 100 || (@ * 100) % 1 != 0)')");
                    table.CheckConstraint("ck_scores_overall_performance_level", "overall_performance_level BETWEEN 1 AND 4");
                    table.CheckConstraint("ck_scores_overall_score", "overall_score BETWEEN 0 AND 100");
                    table.CheckConstraint("ck_scores_school_year", "CASE WHEN school_year ~ '^[0-9]{4}-[0-9]{4}$' THEN right(school_year, 4)::int = left(school_year, 4)::int + 1 ELSE school_year ~ '^[0-9]{4}$' END");
                    table.CheckConstraint("ck_scores_score_id", "char_length(score_id) BETWEEN 1 AND 64 AND score_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                    table.CheckConstraint("ck_scores_test_date", "test_date BETWEEN '1970-01-01' AND '2099-12-31'");
                    table.ForeignKey(
                        name: "fk_scores_student_id",
                        column: x => x.student_id,
                        principalTable: "students",
                        principalColumn: "student_id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_scores_teacher_id",
                        column: x => x.teacher_id,
                        principalTable: "teachers",
                        principalColumn: "teacher_id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_scores_test_id",
                        column: x => x.test_id,
                        principalTable: "tests",
                        principalColumn: "test_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_scores_teacher_id",
                table: "scores",
                column: "teacher_id");

            migrationBuilder.CreateIndex(
                name: "ix_scores_test_id",
                table: "scores",
                column: "test_id");

            migrationBuilder.CreateIndex(
                name: "uq_scores_student_id_test_id_school_year",
                table: "scores",
                columns: new[] { "student_id", "test_id", "school_year" },
                unique: true);

            migrationBuilder.CaptureChanges("tests", "scores");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "scores");

            migrationBuilder.DropTable(
                name: "tests");
        }
    }
}
