using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Schools.Migrations
{
    /// <summary>The view of places shows each caller the teachers that this caller may see, as the tables behind it do.</summary>
    [DbContext(typeof(SchoolsDbContext))]
    [Migration("20261201001500_PlacesOfTheCaller")]
    public sealed class PlacesOfTheCaller : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("ALTER VIEW public.teacher_places SET (security_invoker = true);");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("ALTER VIEW public.teacher_places RESET (security_invoker);");
    }
}
