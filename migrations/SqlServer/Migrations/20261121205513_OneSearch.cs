using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class OneSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_saved_views_OwnerId_Name",
                table: "saved_views");

            migrationBuilder.AddColumn<string>(
                name: "Page",
                table: "saved_views",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "exceptions",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateIndex(
                name: "IX_saved_views_OwnerId_Page_Name",
                table: "saved_views",
                columns: new[] { "OwnerId", "Page", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_events_Time",
                table: "events",
                column: "Time");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_saved_views_OwnerId_Page_Name",
                table: "saved_views");

            migrationBuilder.DropIndex(
                name: "IX_events_Time",
                table: "events");

            migrationBuilder.DropColumn(
                name: "Page",
                table: "saved_views");

            migrationBuilder.CreateIndex(
                name: "IX_saved_views_OwnerId_Name",
                table: "saved_views",
                columns: new[] { "OwnerId", "Name" },
                unique: true);
        }
    }
}
