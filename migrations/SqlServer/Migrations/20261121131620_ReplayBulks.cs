using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class ReplayBulks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "AnsweredAt",
                table: "targets",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "BreakAfter",
                table: "targets",
                type: "int",
                nullable: false,
                defaultValue: 3);

            migrationBuilder.AddColumn<int>(
                name: "BreakSeconds",
                table: "targets",
                type: "int",
                nullable: false,
                defaultValue: 15);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DownSince",
                table: "targets",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "FailuresInRow",
                table: "targets",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<short>(
                name: "Kind",
                table: "targets",
                type: "smallint",
                nullable: false,
                defaultValue: (short)0);

            migrationBuilder.AddColumn<string>(
                name: "LastFault",
                table: "targets",
                type: "nvarchar(512)",
                maxLength: 512,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "NextAt",
                table: "targets",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Parallel",
                table: "targets",
                type: "int",
                nullable: false,
                defaultValue: 8);

            migrationBuilder.AddColumn<decimal>(
                name: "RatePerSecond",
                table: "targets",
                type: "decimal(9,3)",
                precision: 9,
                scale: 3,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Number",
                table: "replay_items",
                type: "bigint",
                nullable: false,
                defaultValue: 0L)
                .Annotation("SqlServer:Identity", "1, 1");

            migrationBuilder.AddColumn<Guid>(
                name: "WaitsFor",
                table: "replay_items",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "bulks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Said = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: false, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<short>(type: "smallint", nullable: false),
                    CreatedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CreatedByName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ByKey = table.Column<bool>(type: "bit", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Total = table.Column<int>(type: "int", nullable: false),
                    Worth = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    Units = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    LeftOf = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Ramp = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Wave = table.Column<int>(type: "int", nullable: false),
                    RatePerSecond = table.Column<decimal>(type: "decimal(9,3)", precision: 9, scale: 3, nullable: true),
                    StopAbove = table.Column<decimal>(type: "decimal(5,4)", precision: 5, scale: 4, nullable: false),
                    WithLarge = table.Column<bool>(type: "bit", nullable: false),
                    NeedsApproval = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2"),
                    StartedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    StartedByName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    StartedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ApprovedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ApprovedByName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    EndedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Why = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: true, collation: "Latin1_General_100_BIN2"),
                    EndedBefore = table.Column<int>(type: "int", nullable: false),
                    FailedBefore = table.Column<int>(type: "int", nullable: false),
                    NextAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bulks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "bulk_items",
                columns: table => new
                {
                    BulkId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    CaseId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SeenVersion = table.Column<int>(type: "int", nullable: false),
                    Unit = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Worth = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: true),
                    Verdict = table.Column<short>(type: "smallint", nullable: false),
                    State = table.Column<short>(type: "smallint", nullable: false),
                    ReplayId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Why = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bulk_items", x => new { x.BulkId, x.Position });
                    table.ForeignKey(
                        name: "FK_bulk_items_bulks_BulkId",
                        column: x => x.BulkId,
                        principalTable: "bulks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_replay_items_State_Target_Number",
                table: "replay_items",
                columns: new[] { "State", "Target", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_replay_items_WaitsFor",
                table: "replay_items",
                column: "WaitsFor");

            migrationBuilder.CreateIndex(
                name: "IX_bulk_items_BulkId_State_Position",
                table: "bulk_items",
                columns: new[] { "BulkId", "State", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_bulk_items_CaseId",
                table: "bulk_items",
                column: "CaseId");

            migrationBuilder.CreateIndex(
                name: "IX_bulks_CreatedAt",
                table: "bulks",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_bulks_Number",
                table: "bulks",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_bulks_State",
                table: "bulks",
                column: "State");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bulk_items");

            migrationBuilder.DropTable(
                name: "bulks");

            migrationBuilder.DropIndex(
                name: "IX_replay_items_State_Target_Number",
                table: "replay_items");

            migrationBuilder.DropIndex(
                name: "IX_replay_items_WaitsFor",
                table: "replay_items");

            migrationBuilder.DropColumn(
                name: "AnsweredAt",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "BreakAfter",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "BreakSeconds",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "DownSince",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "FailuresInRow",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "LastFault",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "NextAt",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "Parallel",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "RatePerSecond",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "Number",
                table: "replay_items");

            migrationBuilder.DropColumn(
                name: "WaitsFor",
                table: "replay_items");
        }
    }
}
