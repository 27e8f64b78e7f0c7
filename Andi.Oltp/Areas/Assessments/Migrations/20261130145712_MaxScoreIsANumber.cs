using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Assessments.Migrations
{
    /// <inheritdoc />
    public partial class MaxScoreIsANumber : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_max_score",
                table: "tests");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_max_score",
                table: "tests",
                sql: "max_score BETWEEN 0.01 AND 99999.99");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_tests_max_score",
                table: "tests");

            migrationBuilder.AddCheckConstraint(
                name: "ck_tests_max_score",
                table: "tests",
                sql: "max_score > 0");
        }
    }
}
