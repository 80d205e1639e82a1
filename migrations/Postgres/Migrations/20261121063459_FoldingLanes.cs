using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class FoldingLanes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_batches_FoldedAt_Kind_ReceivedAt",
                table: "batches");

            migrationBuilder.AddColumn<short>(
                name: "Lane",
                table: "batches",
                type: "smallint",
                nullable: false,
                defaultValue: (short)0);

            migrationBuilder.CreateIndex(
                name: "IX_batches_FoldedAt_Kind_Lane_ReceivedAt",
                table: "batches",
                columns: new[] { "FoldedAt", "Kind", "Lane", "ReceivedAt" },
                filter: "\"FoldedAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_batches_FoldedAt_Kind_Lane_ReceivedAt",
                table: "batches");

            migrationBuilder.DropColumn(
                name: "Lane",
                table: "batches");

            migrationBuilder.CreateIndex(
                name: "IX_batches_FoldedAt_Kind_ReceivedAt",
                table: "batches",
                columns: new[] { "FoldedAt", "Kind", "ReceivedAt" },
                filter: "\"FoldedAt\" IS NULL");
        }
    }
}
