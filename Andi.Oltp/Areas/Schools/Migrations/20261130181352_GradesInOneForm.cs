using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Schools.Migrations
{
    /// <inheritdoc />
    public partial class GradesInOneForm : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_students_grade",
                table: "students");

            migrationBuilder.Sql(SchoolRules.GradesInOneFormSql("students"));

            migrationBuilder.AddCheckConstraint(
                name: "ck_students_grade",
                table: "students",
                sql: "grade IN ('PK', 'K', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_students_grade",
                table: "students");

            migrationBuilder.AddCheckConstraint(
                name: "ck_students_grade",
                table: "students",
                sql: "btrim(grade) <> '' AND char_length(grade) <= 16");
        }
    }
}
