using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Contracts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Changed",
                table: "payload_versions",
                type: "text",
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Contract",
                table: "payload_versions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "ContractVersion",
                table: "payload_versions",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Raw",
                table: "payload_versions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Reason",
                table: "payload_versions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "other",
                collation: "C");

            migrationBuilder.CreateTable(
                name: "contracts",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Label = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Target = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    EventType = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    ObjectType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Operation = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    InForce = table.Column<int>(type: "integer", nullable: false),
                    Latest = table.Column<int>(type: "integer", nullable: false),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contracts", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "ownership_rules",
                columns: table => new
                {
                    Entity = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Attribute = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Owner = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Note = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    SetAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SetBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    InForce = table.Column<bool>(type: "boolean", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ownership_rules", x => new { x.Entity, x.Attribute, x.Unit, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "repair_drafts",
                columns: table => new
                {
                    CaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    BaseVersion = table.Column<int>(type: "integer", nullable: false),
                    Content = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SavedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_repair_drafts", x => new { x.CaseId, x.PersonId });
                    table.ForeignKey(
                        name: "FK_repair_drafts_cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "contract_versions",
                columns: table => new
                {
                    Contract = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Schema = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Note = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    PublishedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    PublishedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contract_versions", x => new { x.Contract, x.Number });
                    table.ForeignKey(
                        name: "FK_contract_versions_contracts_Contract",
                        column: x => x.Contract,
                        principalTable: "contracts",
                        principalColumn: "Name",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ownership_rules_InForce",
                table: "ownership_rules",
                column: "InForce");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "contract_versions");

            migrationBuilder.DropTable(
                name: "ownership_rules");

            migrationBuilder.DropTable(
                name: "repair_drafts");

            migrationBuilder.DropTable(
                name: "contracts");

            migrationBuilder.DropColumn(
                name: "Changed",
                table: "payload_versions");

            migrationBuilder.DropColumn(
                name: "Contract",
                table: "payload_versions");

            migrationBuilder.DropColumn(
                name: "ContractVersion",
                table: "payload_versions");

            migrationBuilder.DropColumn(
                name: "Raw",
                table: "payload_versions");

            migrationBuilder.DropColumn(
                name: "Reason",
                table: "payload_versions");
        }
    }
}
