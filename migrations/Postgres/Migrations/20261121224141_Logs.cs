using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Logs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Logs",
                table: "source_hours",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "logs",
                columns: table => new
                {
                    Key = table.Column<Guid>(type: "uuid", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    TimeNanos = table.Column<long>(type: "bigint", nullable: false),
                    TraceId = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 16, nullable: true),
                    SpanId = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 8, nullable: true),
                    Severity = table.Column<short>(type: "smallint", nullable: false),
                    SeverityText = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Body = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    EventName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Service = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ScopeName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Attributes = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Resource = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Dropped = table.Column<int>(type: "integer", nullable: false),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SenderId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_logs", x => new { x.Key, x.Day });
                });

            migrationBuilder.CreateIndex(
                name: "IX_logs_TraceId_TimeNanos",
                table: "logs",
                columns: new[] { "TraceId", "TimeNanos" },
                filter: "\"TraceId\" IS NOT NULL");

            migrationBuilder.Sql(LogPartitions.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "logs");

            migrationBuilder.DropColumn(
                name: "Logs",
                table: "source_hours");
        }
    }
}
