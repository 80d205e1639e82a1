using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class LegalEntities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<List<string>>(
                name: "Entities",
                table: "people",
                type: "text[]",
                nullable: false,
                defaultValueSql: "ARRAY[]::text[]");

            migrationBuilder.AddColumn<string>(
                name: "LegalEntity",
                table: "notices",
                type: "character varying(256)",
                maxLength: 256,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "LegalEntity",
                table: "notice_items",
                type: "character varying(256)",
                maxLength: 256,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<List<string>>(
                name: "Entities",
                table: "access_states",
                type: "text[]",
                nullable: false,
                defaultValueSql: "ARRAY[]::text[]");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Entities",
                table: "people");

            migrationBuilder.DropColumn(
                name: "LegalEntity",
                table: "notices");

            migrationBuilder.DropColumn(
                name: "LegalEntity",
                table: "notice_items");

            migrationBuilder.DropColumn(
                name: "Entities",
                table: "access_states");
        }
    }
}
