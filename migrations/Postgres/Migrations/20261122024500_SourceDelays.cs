using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class SourceDelays : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(PastSql.Loosen);
            migrationBuilder.AddColumn<long>(
                name: "DelayMs",
                table: "source_hours",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);
            migrationBuilder.AddColumn<long>(
                name: "NewEvents",
                table: "source_hours",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);
            migrationBuilder.Sql(PastSql.Renew);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(PastSql.Loosen);
            migrationBuilder.DropColumn(
                name: "DelayMs",
                table: "source_hours");
            migrationBuilder.DropColumn(
                name: "NewEvents",
                table: "source_hours");
            migrationBuilder.Sql(PastSql.Renew);
        }
    }
}
