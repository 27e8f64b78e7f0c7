using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Assessments.Migrations
{
    /// <summary>
    /// The view that every area asks where a teacher stands now, to write it down with what it records. It changes no table, so the model stays as it is.
    /// </summary>
    [DbContext(typeof(AssessmentsDbContext))]
    [Migration("20261122034000_TeacherPlaces")]
    public partial class TeacherPlaces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            CREATE VIEW public.teacher_places AS
            SELECT teachers.teacher_id, teachers.school_id, schools.district_id, districts.state_id
            FROM public.teachers
            JOIN public.schools ON schools.school_id = teachers.school_id
            JOIN public.districts ON districts.district_id = schools.district_id;
            COMMENT ON VIEW public.teacher_places IS 'Which school, district and state does a teacher belong to now?';
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP VIEW public.teacher_places;");
    }
}
