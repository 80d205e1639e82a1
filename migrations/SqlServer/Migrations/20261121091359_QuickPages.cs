using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class QuickPages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_transactions_Flow_StartOrder_Key",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "IX_cases_Fingerprint_EndedAt",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_cases_ObjectKey",
                table: "cases");

            migrationBuilder.AddColumn<string>(
                name: "Progress",
                table: "transactions",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.Sql(QuickPagesSql.TellProgress);

            migrationBuilder.CreateIndex(
                name: "IX_transactions_Flow_StartOrder_Key",
                table: "transactions",
                columns: new[] { "Flow", "StartOrder", "Key" },
                descending: new[] { false, true, false })
                .Annotation("SqlServer:Include", new[] { "Unit", "Amount", "Currency", "Late", "NextDueAt", "Progress", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_Fingerprint_EndedAt",
                table: "cases",
                columns: new[] { "Fingerprint", "EndedAt" })
                .Annotation("SqlServer:Include", new[] { "Unit", "MovedTo" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_ObjectKey",
                table: "cases",
                column: "ObjectKey")
                .Annotation("SqlServer:Include", new[] { "State", "Unit", "Amount", "ReportingAmount", "DueOrder", "EndedAt", "MovedTo" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_all",
                table: "cases",
                columns: new[] { "DueOrder", "Number", "State", "Unit" },
                filter: "[MovedTo] IS NULL")
                .Annotation("SqlServer:Include", new[] { "MovedTo" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_transactions_Flow_StartOrder_Key",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "IX_cases_Fingerprint_EndedAt",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_cases_ObjectKey",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_cases_all",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "Progress",
                table: "transactions");

            migrationBuilder.CreateIndex(
                name: "IX_transactions_Flow_StartOrder_Key",
                table: "transactions",
                columns: new[] { "Flow", "StartOrder", "Key" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "IX_cases_Fingerprint_EndedAt",
                table: "cases",
                columns: new[] { "Fingerprint", "EndedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_ObjectKey",
                table: "cases",
                column: "ObjectKey");
        }
    }
}
