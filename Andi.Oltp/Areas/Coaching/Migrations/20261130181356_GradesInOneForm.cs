using Andi.Oltp.Areas.Schools;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Coaching.Migrations
{
    /// <inheritdoc />
    public partial class GradesInOneForm : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_ciq_sessions_grade",
                table: "ciq_sessions");

            migrationBuilder.Sql(SchoolRules.GradesInOneFormSql("ciq_sessions"));

            migrationBuilder.AddCheckConstraint(
                name: "ck_ciq_sessions_grade",
                table: "ciq_sessions",
                sql: "grade IN ('PK', 'K', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_ciq_sessions_grade",
                table: "ciq_sessions");

            migrationBuilder.AddCheckConstraint(
                name: "ck_ciq_sessions_grade",
                table: "ciq_sessions",
                sql: "btrim(grade) <> '' AND char_length(grade) <= 16");
        }
    }
}
