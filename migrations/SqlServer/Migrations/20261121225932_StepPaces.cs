using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class StepPaces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<short>(
                name: "Pace",
                table: "transaction_milestones",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "PriorAt",
                table: "transaction_milestones",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_transaction_milestones_Flow_Name_PriorAt",
                table: "transaction_milestones",
                columns: new[] { "Flow", "Name", "PriorAt" })
                .Annotation("SqlServer:Include", new[] { "TransactionKey", "ReachedAt", "Pace" });

            // What each step took is told by a new fold of every transaction.
            migrationBuilder.Sql("UPDATE [flows] SET [FoldedVersion] = 0;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_transaction_milestones_Flow_Name_PriorAt",
                table: "transaction_milestones");

            migrationBuilder.DropColumn(
                name: "Pace",
                table: "transaction_milestones");

            migrationBuilder.DropColumn(
                name: "PriorAt",
                table: "transaction_milestones");
        }
    }
}
