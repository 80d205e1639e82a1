using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class QueriesAtSize : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_transactions_Flow_StartedAt",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "IX_objects_Type_ReceivedAt",
                table: "objects");

            migrationBuilder.DropIndex(
                name: "IX_objects_Unit_Disagrees_Type",
                table: "objects");

            migrationBuilder.DropIndex(
                name: "IX_cases_Fingerprint",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_cases_Queue_State_DueAt",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_cases_State_RoutedAt",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_cases_Unit_State_DueAt",
                table: "cases");

            migrationBuilder.AddColumn<bool>(
                name: "Late",
                table: "transactions",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "StartOrder",
                table: "transactions",
                type: "datetimeoffset",
                nullable: false,
                computedColumnSql: "ISNULL([StartedAt], CONVERT(datetimeoffset, '1970-01-01T00:00:00Z', 127))",
                stored: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DueOrder",
                table: "cases",
                type: "datetimeoffset",
                nullable: false,
                computedColumnSql: "ISNULL([DueAt], CONVERT(datetimeoffset, '9000-01-01T00:00:00Z', 127))",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "IX_transactions_Flow_StartOrder_Key",
                table: "transactions",
                columns: new[] { "Flow", "StartOrder", "Key" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "IX_objects_Unit_Type",
                table: "objects",
                columns: new[] { "Unit", "Type" },
                filter: "[Disagrees] = 1");

            migrationBuilder.CreateIndex(
                name: "IX_cases_TraceId",
                table: "cases",
                column: "TraceId",
                filter: "[TraceId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_cases_open",
                table: "cases",
                columns: new[] { "DueOrder", "Number", "Unit", "Queue", "State", "Holder" },
                filter: "[EndedAt] IS NULL AND [MovedTo] IS NULL")
                .Annotation("SqlServer:Include", new[] { "Id", "ObjectKey", "ObjectType", "Operation", "Amount", "Currency", "ReportingAmount", "ExceptionType", "Fingerprint", "OpenedAt", "EndedAt", "MovedTo" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_snoozed",
                table: "cases",
                column: "SnoozedUntil",
                filter: "[SnoozedUntil] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_cases_unrouted",
                table: "cases",
                column: "Number",
                filter: "[RoutedAt] IS NULL");

            migrationBuilder.Sql(LateTransactions.Tell);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_transactions_Flow_StartOrder_Key",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "IX_objects_Unit_Type",
                table: "objects");

            migrationBuilder.DropIndex(
                name: "IX_cases_TraceId",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_cases_open",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_cases_snoozed",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_cases_unrouted",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "StartOrder",
                table: "transactions");

            migrationBuilder.DropColumn(
                name: "DueOrder",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "Late",
                table: "transactions");

            migrationBuilder.CreateIndex(
                name: "IX_transactions_Flow_StartedAt",
                table: "transactions",
                columns: new[] { "Flow", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_objects_Type_ReceivedAt",
                table: "objects",
                columns: new[] { "Type", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_objects_Unit_Disagrees_Type",
                table: "objects",
                columns: new[] { "Unit", "Disagrees", "Type" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_Fingerprint",
                table: "cases",
                column: "Fingerprint");

            migrationBuilder.CreateIndex(
                name: "IX_cases_Queue_State_DueAt",
                table: "cases",
                columns: new[] { "Queue", "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_State_RoutedAt",
                table: "cases",
                columns: new[] { "State", "RoutedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_Unit_State_DueAt",
                table: "cases",
                columns: new[] { "Unit", "State", "DueAt" });
        }
    }
}
