using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Schools.Migrations
{
    /// <inheritdoc />
    public partial class ComposedTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_teachers_email",
                table: "teachers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_teachers_name",
                table: "teachers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_teachers_teacher_id",
                table: "teachers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_students_name",
                table: "students");

            migrationBuilder.DropCheckConstraint(
                name: "ck_students_student_id",
                table: "students");

            migrationBuilder.DropCheckConstraint(
                name: "ck_schools_name",
                table: "schools");

            migrationBuilder.DropCheckConstraint(
                name: "ck_schools_school_id",
                table: "schools");

            migrationBuilder.DropCheckConstraint(
                name: "ck_districts_district_id",
                table: "districts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_districts_name",
                table: "districts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_districts_state_id",
                table: "districts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_classes_class_id",
                table: "classes");

            migrationBuilder.DropCheckConstraint(
                name: "ck_classes_name",
                table: "classes");

            migrationBuilder.DropCheckConstraint(
                name: "ck_classes_subject",
                table: "classes");

            migrationBuilder.AddCheckConstraint(
                name: "ck_teachers_email",
                table: "teachers",
                sql: "email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND char_length(email) <= 254 AND (octet_length(email) = char_length(email) OR (email IS NFC NORMALIZED AND email !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_teachers_name",
                table: "teachers",
                sql: "btrim(name) = name AND name <> '' AND char_length(name) <= 200 AND name !~ '[[:cntrl:]]' AND (octet_length(name) = char_length(name) OR (name IS NFC NORMALIZED AND name !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_teachers_teacher_id",
                table: "teachers",
                sql: "char_length(teacher_id) BETWEEN 1 AND 64 AND teacher_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(teacher_id) = char_length(teacher_id) OR (teacher_id IS NFC NORMALIZED AND teacher_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_students_name",
                table: "students",
                sql: "btrim(name) = name AND name <> '' AND char_length(name) <= 200 AND name !~ '[[:cntrl:]]' AND (octet_length(name) = char_length(name) OR (name IS NFC NORMALIZED AND name !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_students_student_id",
                table: "students",
                sql: "char_length(student_id) BETWEEN 1 AND 64 AND student_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(student_id) = char_length(student_id) OR (student_id IS NFC NORMALIZED AND student_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_schools_name",
                table: "schools",
                sql: "btrim(name) = name AND name <> '' AND char_length(name) <= 200 AND name !~ '[[:cntrl:]]' AND (octet_length(name) = char_length(name) OR (name IS NFC NORMALIZED AND name !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_schools_school_id",
                table: "schools",
                sql: "char_length(school_id) BETWEEN 1 AND 64 AND school_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(school_id) = char_length(school_id) OR (school_id IS NFC NORMALIZED AND school_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_districts_district_id",
                table: "districts",
                sql: "char_length(district_id) BETWEEN 1 AND 64 AND district_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(district_id) = char_length(district_id) OR (district_id IS NFC NORMALIZED AND district_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_districts_name",
                table: "districts",
                sql: "btrim(name) = name AND name <> '' AND char_length(name) <= 200 AND name !~ '[[:cntrl:]]' AND (octet_length(name) = char_length(name) OR (name IS NFC NORMALIZED AND name !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_districts_state_id",
                table: "districts",
                sql: "char_length(state_id) BETWEEN 1 AND 64 AND state_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(state_id) = char_length(state_id) OR (state_id IS NFC NORMALIZED AND state_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_classes_class_id",
                table: "classes",
                sql: "char_length(class_id) BETWEEN 1 AND 64 AND class_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(class_id) = char_length(class_id) OR (class_id IS NFC NORMALIZED AND class_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_classes_name",
                table: "classes",
                sql: "btrim(name) = name AND name <> '' AND char_length(name) <= 200 AND name !~ '[[:cntrl:]]' AND (octet_length(name) = char_length(name) OR (name IS NFC NORMALIZED AND name !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_classes_subject",
                table: "classes",
                sql: "btrim(subject) = subject AND subject <> '' AND char_length(subject) <= 64 AND subject !~ '[[:cntrl:]]' AND (octet_length(subject) = char_length(subject) OR (subject IS NFC NORMALIZED AND subject !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_teachers_email",
                table: "teachers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_teachers_name",
                table: "teachers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_teachers_teacher_id",
                table: "teachers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_students_name",
                table: "students");

            migrationBuilder.DropCheckConstraint(
                name: "ck_students_student_id",
                table: "students");

            migrationBuilder.DropCheckConstraint(
                name: "ck_schools_name",
                table: "schools");

            migrationBuilder.DropCheckConstraint(
                name: "ck_schools_school_id",
                table: "schools");

            migrationBuilder.DropCheckConstraint(
                name: "ck_districts_district_id",
                table: "districts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_districts_name",
                table: "districts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_districts_state_id",
                table: "districts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_classes_class_id",
                table: "classes");

            migrationBuilder.DropCheckConstraint(
                name: "ck_classes_name",
                table: "classes");

            migrationBuilder.DropCheckConstraint(
                name: "ck_classes_subject",
                table: "classes");

            migrationBuilder.AddCheckConstraint(
                name: "ck_teachers_email",
                table: "teachers",
                sql: "email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND char_length(email) <= 254");

            migrationBuilder.AddCheckConstraint(
                name: "ck_teachers_name",
                table: "teachers",
                sql: "btrim(name) <> '' AND char_length(name) <= 200");

            migrationBuilder.AddCheckConstraint(
                name: "ck_teachers_teacher_id",
                table: "teachers",
                sql: "char_length(teacher_id) BETWEEN 1 AND 64 AND teacher_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_students_name",
                table: "students",
                sql: "btrim(name) <> '' AND char_length(name) <= 200");

            migrationBuilder.AddCheckConstraint(
                name: "ck_students_student_id",
                table: "students",
                sql: "char_length(student_id) BETWEEN 1 AND 64 AND student_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_schools_name",
                table: "schools",
                sql: "btrim(name) <> '' AND char_length(name) <= 200");

            migrationBuilder.AddCheckConstraint(
                name: "ck_schools_school_id",
                table: "schools",
                sql: "char_length(school_id) BETWEEN 1 AND 64 AND school_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_districts_district_id",
                table: "districts",
                sql: "char_length(district_id) BETWEEN 1 AND 64 AND district_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_districts_name",
                table: "districts",
                sql: "btrim(name) <> '' AND char_length(name) <= 200");

            migrationBuilder.AddCheckConstraint(
                name: "ck_districts_state_id",
                table: "districts",
                sql: "char_length(state_id) BETWEEN 1 AND 64 AND state_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_classes_class_id",
                table: "classes",
                sql: "char_length(class_id) BETWEEN 1 AND 64 AND class_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_classes_name",
                table: "classes",
                sql: "btrim(name) <> '' AND char_length(name) <= 200");

            migrationBuilder.AddCheckConstraint(
                name: "ck_classes_subject",
                table: "classes",
                sql: "btrim(subject) <> '' AND char_length(subject) <= 64");
        }
    }
}
