using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OpsConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class KpiHours : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "kpi_hours",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kpi = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Hour = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    LegalEntity = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Region = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    Rows = table.Column<int>(type: "integer", nullable: false),
                    Counted = table.Column<int>(type: "integer", nullable: false),
                    Sum = table.Column<decimal>(type: "numeric(28,7)", precision: 28, scale: 7, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kpi_hours", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kpi_rolls",
                columns: table => new
                {
                    Kpi = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    From = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kpi_rolls", x => x.Kpi);
                });

            migrationBuilder.CreateTable(
                name: "kpi_touches",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Source = table.Column<int>(type: "integer", nullable: false),
                    Hour = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kpi_touches", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_kpi_hours_Kpi_Hour",
                table: "kpi_hours",
                columns: new[] { "Kpi", "Hour" });

            // The database marks what changes: see KpiTouchSql.
            foreach (var sql in KpiTouchSql.Up)
            {
                migrationBuilder.Sql(sql);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var sql in KpiTouchSql.Down)
            {
                migrationBuilder.Sql(sql);
            }

            migrationBuilder.DropTable(
                name: "kpi_hours");

            migrationBuilder.DropTable(
                name: "kpi_rolls");

            migrationBuilder.DropTable(
                name: "kpi_touches");
        }
    }
}
