using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class KeptPast : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "snapshots",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    LegalEntity = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Period = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Address = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    AsOf = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    TakenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    TakenBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    TakenByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Note = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Numbers = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_snapshots", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_snapshots_Kind_Unit_LegalEntity_Period_Number",
                table: "snapshots",
                columns: new[] { "Kind", "Unit", "LegalEntity", "Period", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_snapshots_TakenAt",
                table: "snapshots",
                column: "TakenAt");

            migrationBuilder.Sql(PastSql.Renew);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(PastSql.Drop);

            migrationBuilder.DropTable(
                name: "snapshots");
        }
    }
}
