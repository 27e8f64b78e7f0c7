using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Coaching.Migrations
{
    /// <inheritdoc />
    public partial class ListIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_resource_usage_resource_id",
                table: "resource_usage");

            migrationBuilder.CreateIndex(
                name: "ix_resource_usage_resource_id_usage_id",
                table: "resource_usage",
                columns: new[] { "resource_id", "usage_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_resource_usage_resource_id_usage_id",
                table: "resource_usage");

            migrationBuilder.CreateIndex(
                name: "ix_resource_usage_resource_id",
                table: "resource_usage",
                column: "resource_id");
        }
    }
}
