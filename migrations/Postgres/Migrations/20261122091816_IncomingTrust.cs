using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class IncomingTrust : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<List<string>>(
                name: "Addresses",
                table: "sources",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "HookScheme",
                table: "sources",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "standard-webhooks",
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "RequestsPerSecond",
                table: "sources",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "UsedAt",
                table: "source_keys",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "UsedFrom",
                table: "source_keys",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "hook_failures",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Hint = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Address = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Told = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Expected = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    BodyBytes = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hook_failures", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_hook_failures_SourceId_At",
                table: "hook_failures",
                columns: new[] { "SourceId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hook_failures");

            migrationBuilder.DropColumn(
                name: "Addresses",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "HookScheme",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "RequestsPerSecond",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "UsedAt",
                table: "source_keys");

            migrationBuilder.DropColumn(
                name: "UsedFrom",
                table: "source_keys");
        }
    }
}
