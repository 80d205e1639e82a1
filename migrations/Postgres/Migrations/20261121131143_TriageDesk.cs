using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class TriageDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
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

            migrationBuilder.AddColumn<string>(
                name: "FoundAs",
                table: "cases",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "FoundCause",
                table: "cases",
                type: "character varying(512)",
                maxLength: 512,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<long>(
                name: "RankOrder",
                table: "cases",
                type: "bigint",
                nullable: false,
                computedColumnSql: "(1000000 * (ln(GREATEST(COALESCE(\"ReportingAmount\", 0), 1)::float8) / ln(2::float8) - EXTRACT(EPOCH FROM (COALESCE(\"DueAt\", TIMESTAMPTZ '9000-01-01 00:00:00+00') - TIMESTAMPTZ '2020-01-01 00:00:00+00')) / 86400))::bigint",
                stored: true);

            migrationBuilder.CreateTable(
                name: "cause_moves",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    From = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    FromCause = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    To = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    ToCause = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Part = table.Column<short>(type: "smallint", nullable: true),
                    Value = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Reason = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    ById = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UndoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    UndoneByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cause_moves", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "saved_views",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Address = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false, collation: "C"),
                    OwnerId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    OwnerName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Shared = table.Column<bool>(type: "boolean", nullable: false),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saved_views", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "teams",
                columns: table => new
                {
                    Code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Label = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Queues = table.Column<List<string>>(type: "text[]", nullable: false),
                    Members = table.Column<List<string>>(type: "text[]", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_teams", x => x.Code);
                });

            migrationBuilder.CreateIndex(
                name: "IX_said_names_Id",
                table: "said_names",
                column: "Id");

            migrationBuilder.CreateIndex(
                name: "IX_cases_ranked",
                table: "cases",
                columns: new[] { "RankOrder", "Number", "Unit", "Queue", "State", "Holder" },
                filter: "\"EndedAt\" IS NULL AND \"MovedTo\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_cause_moves_From",
                table: "cause_moves",
                column: "From");

            migrationBuilder.CreateIndex(
                name: "IX_saved_views_OwnerId_Name",
                table: "saved_views",
                columns: new[] { "OwnerId", "Name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cause_moves");

            migrationBuilder.DropTable(
                name: "saved_views");

            migrationBuilder.DropTable(
                name: "teams");

            migrationBuilder.DropIndex(
                name: "IX_said_names_Id",
                table: "said_names");

            migrationBuilder.DropIndex(
                name: "IX_cases_ranked",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "RankOrder",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "FoundAs",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "FoundCause",
                table: "cases");

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
                    EventType = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    InForce = table.Column<int>(type: "integer", nullable: false),
                    Label = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Latest = table.Column<int>(type: "integer", nullable: false),
                    ObjectType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Operation = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    Target = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
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
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    InForce = table.Column<bool>(type: "boolean", nullable: false),
                    Note = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Owner = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    SetAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SetBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
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
                    Note = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    PublishedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    PublishedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Schema = table.Column<string>(type: "text", nullable: false, collation: "C")
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
    }
}
