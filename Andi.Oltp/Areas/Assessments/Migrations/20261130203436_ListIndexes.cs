using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Assessments.Migrations
{
    /// <inheritdoc />
    public partial class ListIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_scores_test_id",
                table: "scores");

            migrationBuilder.CreateIndex(
                name: "ix_scores_school_year_score_id",
                table: "scores",
                columns: new[] { "school_year", "score_id" });

            migrationBuilder.CreateIndex(
                name: "ix_scores_test_id_score_id",
                table: "scores",
                columns: new[] { "test_id", "score_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_scores_school_year_score_id",
                table: "scores");

            migrationBuilder.DropIndex(
                name: "ix_scores_test_id_score_id",
                table: "scores");

            migrationBuilder.CreateIndex(
                name: "ix_scores_test_id",
                table: "scores",
                column: "test_id");
        }
    }
}
