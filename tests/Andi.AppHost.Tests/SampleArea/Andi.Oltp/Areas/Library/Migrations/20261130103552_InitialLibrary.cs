using System;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Library.Migrations
{
    /// <inheritdoc />
    public partial class InitialLibrary : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "loans",
                columns: table => new
                {
                    loan_id = table.Column<string>(type: "text", nullable: false),
                    school_id = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    lent_on = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loans", x => x.loan_id);
                    table.CheckConstraint("ck_loans_lent_on", "lent_on BETWEEN '1970-01-01' AND '2099-12-31'");
                    table.CheckConstraint("ck_loans_loan_id", "char_length(loan_id) BETWEEN 1 AND 64 AND loan_id !~ '[[:space:][:cntrl:]/\\\\?#%]'");
                    table.CheckConstraint("ck_loans_title", "btrim(title) <> '' AND char_length(title) <= 300");
                    table.ForeignKey(
                        name: "fk_loans_school_id",
                        column: x => x.school_id,
                        principalTable: "schools",
                        principalColumn: "school_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_loans_school_id",
                table: "loans",
                column: "school_id");

            migrationBuilder.CaptureChanges("loans");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "loans");
        }
    }
}
