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
        }
    }
}
