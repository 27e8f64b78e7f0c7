using Andi.Oltp.Areas.Schools;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Assessments.Migrations
{
    /// <inheritdoc />
    public partial class YearsAndGradesInOneForm : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_school_year",
                table: "scores");

            // Two scores of one student and test, one of 2025 and one of 2025-2026, are of the same year: the unique key then says which, and somebody has to choose.
            migrationBuilder.Sql("""
                UPDATE public.scores SET school_year = school_year || '-' || (school_year::int + 1) WHERE school_year ~ '^[0-9]{4}$'
                """);
            migrationBuilder.Sql(SchoolRules.GradesInOneFormSql("scores"));

            migrationBuilder.AddCheckConstraint(
                name: "ck_scores_school_year",
                table: "scores",
                sql: "CASE WHEN school_year ~ '^[0-9]{4}-[0-9]{4}$' THEN right(school_year, 4)::int = left(school_year, 4)::int + 1 ELSE false END");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_scores_school_year",
                table: "scores");

            migrationBuilder.AddCheckConstraint(
                name: "ck_scores_school_year",
                table: "scores",
                sql: "CASE WHEN school_year ~ '^[0-9]{4}-[0-9]{4}$' THEN right(school_year, 4)::int = left(school_year, 4)::int + 1 ELSE school_year ~ '^[0-9]{4}$' END");
        }
    }
}
