using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Sla : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "personal_notices");

            migrationBuilder.AddColumn<string>(
                name: "Calendar",
                table: "routing_rules",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<long>(
                name: "FoldedCalendars",
                table: "flows",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "EscalateAt",
                table: "cases",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Escalation",
                table: "cases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "PausedUntil",
                table: "cases",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "calendar_versions",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Definition = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Note = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_calendar_versions", x => new { x.Name, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "calendars",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Definition = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Note = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_calendars", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "case_escalations",
                columns: table => new
                {
                    CaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    Spells = table.Column<int>(type: "integer", nullable: false),
                    LevelId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_escalations", x => new { x.CaseId, x.Spells, x.LevelId });
                    table.ForeignKey(
                        name: "FK_case_escalations_cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "case_pauses",
                columns: table => new
                {
                    CaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    From = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Reason = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    ById = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_pauses", x => new { x.CaseId, x.From });
                    table.ForeignKey(
                        name: "FK_case_pauses_cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "chat_hooks",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Label = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ProtectedUrl = table.Column<string>(type: "character varying(4096)", maxLength: 4096, nullable: false, collation: "C"),
                    Host = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Disabled = table.Column<bool>(type: "boolean", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_chat_hooks", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "escalation_levels",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Queue = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    AmountAtLeast = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: true),
                    LeftPercent = table.Column<int>(type: "integer", nullable: false),
                    Recipient = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Urgent = table.Column<bool>(type: "boolean", nullable: false),
                    Disabled = table.Column<bool>(type: "boolean", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_escalation_levels", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "notice_items",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Recipient = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Cause = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Text = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Link = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    Sum = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: true),
                    Urgent = table.Column<bool>(type: "boolean", nullable: false),
                    FirstAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LatestAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SendAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_items", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "notice_letters",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Recipient = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Address = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Subject = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    MadeAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    HeldUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    SentAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    GivenUpAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Fault = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_letters", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "notice_wishes",
                columns: table => new
                {
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Mail = table.Column<short>(type: "smallint", nullable: false),
                    DigestAt = table.Column<int>(type: "integer", nullable: false),
                    QuietFrom = table.Column<int>(type: "integer", nullable: false),
                    QuietTo = table.Column<int>(type: "integer", nullable: false),
                    QuietWeekends = table.Column<bool>(type: "boolean", nullable: false),
                    UrgentAlways = table.Column<bool>(type: "boolean", nullable: false),
                    Zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Muted = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_wishes", x => x.PersonId);
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Recipient = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Cause = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Subject = table.Column<Guid>(type: "uuid", nullable: true),
                    ObjectKey = table.Column<Guid>(type: "uuid", nullable: true),
                    Text = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Several = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Link = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    SeveralLink = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true, collation: "C"),
                    Amount = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: true),
                    Urgent = table.Column<bool>(type: "boolean", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    GatheredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "recovery_objectives",
                columns: table => new
                {
                    Flow = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Hours = table.Column<double>(type: "double precision", nullable: false),
                    Calendar = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Share = table.Column<double>(type: "double precision", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recovery_objectives", x => x.Flow);
                });

            migrationBuilder.CreateTable(
                name: "rule_book_drafts",
                columns: table => new
                {
                    OwnerId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    BasedOn = table.Column<int>(type: "integer", nullable: false),
                    Rules = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rule_book_drafts", x => x.OwnerId);
                });

            migrationBuilder.CreateTable(
                name: "rule_book_versions",
                columns: table => new
                {
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Rules = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    By = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Note = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    BroughtBack = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rule_book_versions", x => x.Version);
                });

            migrationBuilder.CreateIndex(
                name: "IX_cases_escalating",
                table: "cases",
                column: "EscalateAt",
                filter: "\"EscalateAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_cases_paused",
                table: "cases",
                column: "PausedUntil",
                filter: "\"PausedUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_notice_items_Recipient_LatestAt",
                table: "notice_items",
                columns: new[] { "Recipient", "LatestAt" });

            migrationBuilder.CreateIndex(
                name: "IX_notice_items_to_send",
                table: "notice_items",
                column: "SendAt",
                filter: "\"SendAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_notice_letters_MadeAt",
                table: "notice_letters",
                column: "MadeAt");

            migrationBuilder.CreateIndex(
                name: "IX_notice_letters_unsent",
                table: "notice_letters",
                column: "DueAt",
                filter: "\"SentAt\" IS NULL AND \"GivenUpAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_notices_Recipient_At",
                table: "notices",
                columns: new[] { "Recipient", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_notices_waiting",
                table: "notices",
                column: "At",
                filter: "\"GatheredAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rule_book_versions_At",
                table: "rule_book_versions",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "calendar_versions");

            migrationBuilder.DropTable(
                name: "calendars");

            migrationBuilder.DropTable(
                name: "case_escalations");

            migrationBuilder.DropTable(
                name: "case_pauses");

            migrationBuilder.DropTable(
                name: "chat_hooks");

            migrationBuilder.DropTable(
                name: "escalation_levels");

            migrationBuilder.DropTable(
                name: "notice_items");

            migrationBuilder.DropTable(
                name: "notice_letters");

            migrationBuilder.DropTable(
                name: "notice_wishes");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "recovery_objectives");

            migrationBuilder.DropTable(
                name: "rule_book_drafts");

            migrationBuilder.DropTable(
                name: "rule_book_versions");

            migrationBuilder.DropIndex(
                name: "IX_cases_escalating",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_cases_paused",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "Calendar",
                table: "routing_rules");

            migrationBuilder.DropColumn(
                name: "FoldedCalendars",
                table: "flows");

            migrationBuilder.DropColumn(
                name: "EscalateAt",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "Escalation",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "PausedUntil",
                table: "cases");

            migrationBuilder.CreateTable(
                name: "personal_notices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    CaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<short>(type: "smallint", nullable: false),
                    PersonId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Text = table.Column<string>(type: "character varying(1024)", maxLength: 1024, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_personal_notices", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_personal_notices_PersonId_ReadAt_Id",
                table: "personal_notices",
                columns: new[] { "PersonId", "ReadAt", "Id" });
        }
    }
}
