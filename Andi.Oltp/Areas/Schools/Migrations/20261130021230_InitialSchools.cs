using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Schools.Migrations
{
    /// <inheritdoc />
    public partial class InitialSchools : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "districts",
                columns: table => new
                {
                    district_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    state_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_districts", x => x.district_id);
                    table.CheckConstraint("ck_districts_district_id", "char_length(district_id) BETWEEN 1 AND 64 AND district_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                    table.CheckConstraint("ck_districts_name", "btrim(name) <> '' AND char_length(name) <= 200");
                    table.CheckConstraint("ck_districts_state_id", "char_length(state_id) BETWEEN 1 AND 64 AND state_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                });

            migrationBuilder.CreateTable(
                name: "schools",
                columns: table => new
                {
                    school_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    district_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_schools", x => x.school_id);
                    table.CheckConstraint("ck_schools_name", "btrim(name) <> '' AND char_length(name) <= 200");
                    table.CheckConstraint("ck_schools_school_id", "char_length(school_id) BETWEEN 1 AND 64 AND school_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                    table.ForeignKey(
                        name: "fk_schools_district_id",
                        column: x => x.district_id,
                        principalTable: "districts",
                        principalColumn: "district_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "students",
                columns: table => new
                {
                    student_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    grade = table.Column<string>(type: "text", nullable: false),
                    school_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_students", x => x.student_id);
                    table.CheckConstraint("ck_students_grade", "btrim(grade) <> '' AND char_length(grade) <= 16");
                    table.CheckConstraint("ck_students_name", "btrim(name) <> '' AND char_length(name) <= 200");
                    table.CheckConstraint("ck_students_student_id", "char_length(student_id) BETWEEN 1 AND 64 AND student_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                    table.ForeignKey(
                        name: "fk_students_school_id",
                        column: x => x.school_id,
                        principalTable: "schools",
                        principalColumn: "school_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "teachers",
                columns: table => new
                {
                    teacher_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    school_id = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_teachers", x => x.teacher_id);
                    table.CheckConstraint("ck_teachers_email", "email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND char_length(email) <= 254");
                    table.CheckConstraint("ck_teachers_name", "btrim(name) <> '' AND char_length(name) <= 200");
                    table.CheckConstraint("ck_teachers_teacher_id", "char_length(teacher_id) BETWEEN 1 AND 64 AND teacher_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                    table.ForeignKey(
                        name: "fk_teachers_school_id",
                        column: x => x.school_id,
                        principalTable: "schools",
                        principalColumn: "school_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_schools_district_id",
                table: "schools",
                column: "district_id");

            migrationBuilder.CreateIndex(
                name: "ix_students_school_id",
                table: "students",
                column: "school_id");

            migrationBuilder.CreateIndex(
                name: "ix_teachers_school_id",
                table: "teachers",
                column: "school_id");

            // The other areas ask it where a teacher is now, to write it down with what they record.
            migrationBuilder.Sql("""
                CREATE VIEW public.teacher_places AS
                SELECT teachers.teacher_id, teachers.school_id, schools.district_id, districts.state_id
                FROM public.teachers
                JOIN public.schools ON schools.school_id = teachers.school_id
                JOIN public.districts ON districts.district_id = schools.district_id;
                COMMENT ON VIEW public.teacher_places IS 'Which school, district and state does a teacher belong to now?';
                """);
            migrationBuilder.CaptureChanges("districts", "schools", "teachers", "students");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP VIEW public.teacher_places;");
            migrationBuilder.DropTable(
                name: "students");

            migrationBuilder.DropTable(
                name: "teachers");

            migrationBuilder.DropTable(
                name: "schools");

            migrationBuilder.DropTable(
                name: "districts");
        }
    }
}
