using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class DoorAndMappings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "HookSecret",
                table: "sources",
                type: "character varying(1024)",
                maxLength: 1024,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "HookSecretBefore",
                table: "sources",
                type: "character varying(1024)",
                maxLength: 1024,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<short>(
                name: "Priority",
                table: "sources",
                type: "smallint",
                nullable: false,
                defaultValue: (short)1);

            migrationBuilder.AddColumn<string>(
                name: "EventType",
                table: "quarantine",
                type: "character varying(256)",
                maxLength: 256,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Field",
                table: "quarantine",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.CreateTable(
                name: "mappings",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Definition = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mappings", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "source_refusals",
                columns: table => new
                {
                    SourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Hour = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Count = table.Column<long>(type: "bigint", nullable: false),
                    LastAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_source_refusals", x => new { x.SourceId, x.Hour, x.Reason });
                });

            migrationBuilder.CreateIndex(
                name: "IX_quarantine_SenderId_Reason_State_Id",
                table: "quarantine",
                columns: new[] { "SenderId", "Reason", "State", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "mappings");

            migrationBuilder.DropTable(
                name: "source_refusals");

            migrationBuilder.DropIndex(
                name: "IX_quarantine_SenderId_Reason_State_Id",
                table: "quarantine");

            migrationBuilder.DropColumn(
                name: "HookSecret",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "HookSecretBefore",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "Priority",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "EventType",
                table: "quarantine");

            migrationBuilder.DropColumn(
                name: "Field",
                table: "quarantine");
        }
    }
}
