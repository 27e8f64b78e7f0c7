using System;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Schools.Migrations
{
    /// <inheritdoc />
    public partial class Classes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "classes",
                columns: table => new
                {
                    class_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    school_id = table.Column<string>(type: "text", nullable: false),
                    teacher_id = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: true),
                    school_year = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_classes", x => x.class_id);
                    table.CheckConstraint("ck_classes_class_id", "char_length(class_id) BETWEEN 1 AND 64 AND class_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                    table.CheckConstraint("ck_classes_name", "btrim(name) <> '' AND char_length(name) <= 200");
                    table.CheckConstraint("ck_classes_school_year", "CASE WHEN school_year ~ '^[0-9]{4}-[0-9]{4}$' THEN right(school_year, 4)::int = left(school_year, 4)::int + 1 ELSE false END");
                    table.CheckConstraint("ck_classes_subject", "btrim(subject) <> '' AND char_length(subject) <= 64");
                    table.ForeignKey(
                        name: "fk_classes_school_id",
                        column: x => x.school_id,
                        principalTable: "schools",
                        principalColumn: "school_id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_classes_teacher_id",
                        column: x => x.teacher_id,
                        principalTable: "teachers",
                        principalColumn: "teacher_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "enrollments",
                columns: table => new
                {
                    class_id = table.Column<string>(type: "text", nullable: false),
                    student_id = table.Column<string>(type: "text", nullable: false),
                    from_date = table.Column<DateOnly>(type: "date", nullable: false),
                    to_date = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enrollments", x => new { x.class_id, x.student_id, x.from_date });
                    table.CheckConstraint("ck_enrollments_from_date", "from_date BETWEEN '1970-01-01' AND '2099-12-31'");
                    table.CheckConstraint("ck_enrollments_to_date", "to_date BETWEEN '1970-01-01' AND '2099-12-31'");
                    table.CheckConstraint("ck_enrollments_to_date_not_before_from_date", "to_date >= from_date");
                    table.ForeignKey(
                        name: "fk_enrollments_class_id",
                        column: x => x.class_id,
                        principalTable: "classes",
                        principalColumn: "class_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_enrollments_student_id",
                        column: x => x.student_id,
                        principalTable: "students",
                        principalColumn: "student_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_classes_school_id",
                table: "classes",
                column: "school_id");

            migrationBuilder.CreateIndex(
                name: "ix_classes_teacher_id",
                table: "classes",
                column: "teacher_id");

            migrationBuilder.CreateIndex(
                name: "ix_enrollments_student_id",
                table: "enrollments",
                column: "student_id");

            // What keeps the periods of a student in a class apart, whatever writes there; the extension has text in such a constraint.
            migrationBuilder.Sql("""
                CREATE EXTENSION IF NOT EXISTS btree_gist;
                ALTER TABLE public.enrollments ADD CONSTRAINT ex_enrollments_no_overlap
                    EXCLUDE USING gist (class_id WITH =, student_id WITH =, daterange(from_date, to_date) WITH &&);
                """);
            migrationBuilder.CaptureChanges("classes", "enrollments");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "enrollments");

            migrationBuilder.DropTable(
                name: "classes");
        }
    }
}
