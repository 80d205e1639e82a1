using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Mandates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "FullyConfirmedAt",
                table: "sessions",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Attributes",
                table: "people",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<decimal>(
                name: "UpTo",
                table: "people",
                type: "decimal(19,4)",
                precision: 19,
                scale: 4,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Attributes",
                table: "access_states",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<decimal>(
                name: "UpTo",
                table: "access_states",
                type: "decimal(19,4)",
                precision: 19,
                scale: 4,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "FullyConfirmedAt",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "Attributes",
                table: "people");

            migrationBuilder.DropColumn(
                name: "UpTo",
                table: "people");

            migrationBuilder.DropColumn(
                name: "Attributes",
                table: "access_states");

            migrationBuilder.DropColumn(
                name: "UpTo",
                table: "access_states");
        }
    }
}
