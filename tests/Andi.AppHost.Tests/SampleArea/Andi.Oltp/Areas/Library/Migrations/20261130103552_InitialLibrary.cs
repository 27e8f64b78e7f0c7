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
                    table.CheckConstraint("ck_loans_loan_id", "char_length(loan_id) BETWEEN 1 AND 64 AND loan_id !~ '[[:space:][:cntrl:]/\\\\?#%]' AND (octet_length(loan_id) = char_length(loan_id) OR (loan_id IS NFC NORMALIZED AND loan_id !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF\\u200C\\u200D\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]'))");
                    table.CheckConstraint("ck_loans_title", "btrim(title) = title AND title <> '' AND char_length(title) <= 300 AND title !~ '[[:cntrl:]]' AND (octet_length(title) = char_length(title) OR (title IS NFC NORMALIZED AND title !~ '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uE000-\\uF8FF\\U000E0000-\\U000E00FF\\U000F0000-\\U0010FFFF]'))");
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
