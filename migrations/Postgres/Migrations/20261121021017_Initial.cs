using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OpsConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ActorId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ActorName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Action = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Subject = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Detail = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "batches",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Facts = table.Column<int>(type: "integer", nullable: false),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FoldedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_batches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "cases",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Kind = table.Column<short>(type: "smallint", nullable: false),
                    ObjectKey = table.Column<Guid>(type: "uuid", nullable: false),
                    ObjectType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    ObjectId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ObjectLabel = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    System = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Operation = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ExceptionType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Title = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Cause = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    ErrorCode = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    ErrorCategory = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    ErrorMessage = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ErrorAttribute = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    ReplayTarget = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    IdempotencyKey = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    FailureKey = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    TraceId = table.Column<byte[]>(type: "bytea", maxLength: 16, nullable: true),
                    HasPayload = table.Column<bool>(type: "boolean", nullable: false),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    LegalEntity = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Region = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Amount = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: true),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true, collation: "C"),
                    ReportingAmount = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: true),
                    RateDate = table.Column<DateOnly>(type: "date", nullable: true),
                    Spells = table.Column<int>(type: "integer", nullable: false),
                    FailedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    OpenedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SignalVersion = table.Column<int>(type: "integer", nullable: false),
                    MovedTo = table.Column<Guid>(type: "uuid", nullable: true),
                    State = table.Column<short>(type: "smallint", nullable: false),
                    Holder = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    HolderName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    HeldSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Queue = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    RuleId = table.Column<Guid>(type: "uuid", nullable: true),
                    RuleSaid = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true, collation: "C"),
                    RoutedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SnoozedUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    PreparedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    PreparedByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    SubmittedHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    PayloadVersion = table.Column<int>(type: "integer", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    CameBack = table.Column<bool>(type: "boolean", nullable: false),
                    ProofDueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Ending = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true, collation: "C"),
                    ProofKey = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cases", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Topic = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Queue = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Subject = table.Column<Guid>(type: "uuid", nullable: true),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_changes", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "conflicts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    EventKey = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 32, nullable: false),
                    SenderId = table.Column<Guid>(type: "uuid", nullable: false),
                    EventSource = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    EventId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Bytes = table.Column<byte[]>(type: "bytea", nullable: false),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Seen = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_conflicts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    Key = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 32, nullable: false),
                    BatchId = table.Column<Guid>(type: "uuid", nullable: false),
                    SenderId = table.Column<Guid>(type: "uuid", nullable: false),
                    Source = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Id = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Type = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Subject = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true, collation: "C"),
                    Time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 32, nullable: false),
                    SpokenKey = table.Column<Guid>(type: "uuid", nullable: false),
                    EntityType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    EntityId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    System = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Operation = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Outcome = table.Column<short>(type: "smallint", nullable: false),
                    State = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: true),
                    Sequence = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    BusinessUnit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    LegalEntity = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Region = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Amount = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: true),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true, collation: "C"),
                    ErrorCode = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    ErrorCategory = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    ErrorMessage = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ErrorAttribute = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    ErrorRetryable = table.Column<bool>(type: "boolean", nullable: true),
                    Attributes = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    TraceId = table.Column<byte[]>(type: "bytea", maxLength: 16, nullable: true),
                    CorrelationId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Extensions = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ReplayTarget = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    IdempotencyKey = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Names = table.Column<bool>(type: "boolean", nullable: false),
                    HasPayload = table.Column<bool>(type: "boolean", nullable: false),
                    Data = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_events", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "flows",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Definition = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    FoldedVersion = table.Column<int>(type: "integer", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_flows", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "intake_counts",
                columns: table => new
                {
                    SourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Stored = table.Column<long>(type: "bigint", nullable: false),
                    Duplicates = table.Column<long>(type: "bigint", nullable: false),
                    Conflicts = table.Column<long>(type: "bigint", nullable: false),
                    Quarantined = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intake_counts", x => new { x.SourceId, x.Kind });
                });

            migrationBuilder.CreateTable(
                name: "known_answers",
                columns: table => new
                {
                    Key = table.Column<Guid>(type: "uuid", nullable: false),
                    Asked = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: true),
                    ContentType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    ETag = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Body = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_known_answers", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "kpi_points",
                columns: table => new
                {
                    Kpi = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Hour = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Value = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: false),
                    Amount = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kpi_points", x => new { x.Kpi, x.Unit, x.Hour });
                });

            migrationBuilder.CreateTable(
                name: "leases",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Holder = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    Until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_leases", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "object_links",
                columns: table => new
                {
                    FromKey = table.Column<Guid>(type: "uuid", nullable: false),
                    ToKey = table.Column<Guid>(type: "uuid", nullable: false),
                    FromType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    ToType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_object_links", x => new { x.FromKey, x.ToKey });
                });

            migrationBuilder.CreateTable(
                name: "object_states",
                columns: table => new
                {
                    ObjectKey = table.Column<Guid>(type: "uuid", nullable: false),
                    System = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    State = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Outcome = table.Column<short>(type: "smallint", nullable: false),
                    Operation = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: true),
                    VersionFell = table.Column<bool>(type: "boolean", nullable: false),
                    Amount = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: true),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true, collation: "C"),
                    Attributes = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ErrorCode = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    ErrorMessage = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    EventKey = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 32, nullable: false),
                    Facts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_object_states", x => new { x.ObjectKey, x.System });
                });

            migrationBuilder.CreateTable(
                name: "objects",
                columns: table => new
                {
                    Key = table.Column<Guid>(type: "uuid", nullable: false),
                    Type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Id = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Label = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    OwnUnit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    OwnLegalEntity = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    OwnRegion = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    LegalEntity = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Region = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Amount = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: true),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true, collation: "C"),
                    Facts = table.Column<int>(type: "integer", nullable: false),
                    FirstAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Systems = table.Column<int>(type: "integer", nullable: false),
                    Disagrees = table.Column<bool>(type: "boolean", nullable: false),
                    DisagreesSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Firsts = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_objects", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "parked_facts",
                columns: table => new
                {
                    EventKey = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    ParkedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_parked_facts", x => x.EventKey);
                });

            migrationBuilder.CreateTable(
                name: "payload_versions",
                columns: table => new
                {
                    CaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    AuthorId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    AuthorName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Note = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_payload_versions", x => new { x.CaseId, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DisplayName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Roles = table.Column<string>(type: "text", nullable: false),
                    AllUnits = table.Column<bool>(type: "boolean", nullable: false),
                    Units = table.Column<List<string>>(type: "text[]", nullable: false),
                    Disabled = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    UserName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    NormalizedUserName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    NormalizedEmail = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    EmailConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    PasswordHash = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SecurityStamp = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ConcurrencyStamp = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    PhoneNumber = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    PhoneNumberConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    LockoutEnd = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "person_claims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    ClaimType = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ClaimValue = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person_claims", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "person_logins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    ProviderKey = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    ProviderDisplayName = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person_logins", x => new { x.LoginProvider, x.ProviderKey });
                });

            migrationBuilder.CreateTable(
                name: "person_tokens",
                columns: table => new
                {
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    LoginProvider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    Value = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person_tokens", x => new { x.UserId, x.LoginProvider, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "protection_keys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Xml = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_protection_keys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "quarantine",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    SenderId = table.Column<Guid>(type: "uuid", nullable: false),
                    Reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Message = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    EventSource = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true, collation: "C"),
                    EventId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    EventKey = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    ContentType = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Bytes = table.Column<byte[]>(type: "bytea", nullable: false),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Seen = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<short>(type: "smallint", nullable: false),
                    SettledAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SettledBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quarantine", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "queues",
                columns: table => new
                {
                    Code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Label = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Ordinal = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_queues", x => x.Code);
                });

            migrationBuilder.CreateTable(
                name: "rates",
                columns: table => new
                {
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Rate = table.Column<decimal>(type: "numeric(19,8)", precision: 19, scale: 8, nullable: false),
                    SetAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rates", x => new { x.Currency, x.Day });
                });

            migrationBuilder.CreateTable(
                name: "replay_attempts",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    CaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Milliseconds = table.Column<int>(type: "integer", nullable: false),
                    StatusCode = table.Column<int>(type: "integer", nullable: true),
                    Answer = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Fault = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true, collation: "C"),
                    TraceId = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_replay_attempts", x => new { x.ItemId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "replay_items",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    PayloadVersion = table.Column<int>(type: "integer", nullable: false),
                    Target = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    IdempotencyKey = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    RequestedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    RequestedByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ApprovedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    ApprovedByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<short>(type: "smallint", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    HeldUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    DeliveredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ProofDueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Outstanding = table.Column<bool>(type: "boolean", nullable: true),
                    Finding = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_replay_items", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_rules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ExceptionType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    EntityType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    LegalEntity = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Category = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    AmountAtLeast = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: true),
                    Queue = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    DueHours = table.Column<double>(type: "double precision", nullable: false),
                    Disabled = table.Column<bool>(type: "boolean", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_rules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "said_links",
                columns: table => new
                {
                    Key = table.Column<Guid>(type: "uuid", nullable: false),
                    System = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    FromKey = table.Column<Guid>(type: "uuid", nullable: false),
                    FromType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    FromId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ToKey = table.Column<Guid>(type: "uuid", nullable: false),
                    ToType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    ToId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_said_links", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "said_names",
                columns: table => new
                {
                    Key = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<short>(type: "smallint", nullable: false),
                    SpokenKey = table.Column<Guid>(type: "uuid", nullable: false),
                    Type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    System = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Id = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    TargetSpokenKey = table.Column<Guid>(type: "uuid", nullable: false),
                    TargetType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    TargetSystem = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    TargetId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Source = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Sequence = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    EventId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_said_names", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "signals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<short>(type: "smallint", nullable: false),
                    ObjectKey = table.Column<Guid>(type: "uuid", nullable: false),
                    ObjectType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    ObjectId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ObjectLabel = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    System = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Operation = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Spells = table.Column<int>(type: "integer", nullable: false),
                    Open = table.Column<bool>(type: "boolean", nullable: false),
                    FailedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedBy = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    FailureKey = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    ErrorCode = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    ErrorCategory = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    ErrorMessage = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ErrorAttribute = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    ReplayTarget = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    IdempotencyKey = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    TraceId = table.Column<byte[]>(type: "bytea", maxLength: 16, nullable: true),
                    HasPayload = table.Column<bool>(type: "boolean", nullable: false),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    LegalEntity = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Region = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Amount = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: true),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true, collation: "C"),
                    Gone = table.Column<bool>(type: "boolean", nullable: false),
                    MovedTo = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Changed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_signals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "source_hours",
                columns: table => new
                {
                    SourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Hour = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Events = table.Column<long>(type: "bigint", nullable: false),
                    Spans = table.Column<long>(type: "bigint", nullable: false),
                    Refused = table.Column<long>(type: "bigint", nullable: false),
                    LastAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_source_hours", x => new { x.SourceId, x.Hour });
                });

            migrationBuilder.CreateTable(
                name: "source_keys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 32, nullable: false),
                    Tail = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    RevokedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_source_keys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "sources",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Scopes = table.Column<int>(type: "integer", nullable: false),
                    CloudEventSources = table.Column<List<string>>(type: "text[]", nullable: false),
                    Units = table.Column<List<string>>(type: "text[]", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Disabled = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sources", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "spans",
                columns: table => new
                {
                    TraceId = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 16, nullable: false),
                    SpanId = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 8, nullable: false),
                    StartNanos = table.Column<long>(type: "bigint", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    EndNanos = table.Column<long>(type: "bigint", nullable: false),
                    ParentSpanId = table.Column<byte[]>(type: "bytea", maxLength: 8, nullable: true),
                    Name = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    Kind = table.Column<short>(type: "smallint", nullable: false),
                    Status = table.Column<short>(type: "smallint", nullable: false),
                    StatusMessage = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Failed = table.Column<bool>(type: "boolean", nullable: false),
                    Service = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ScopeName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Attributes = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Resource = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Events = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Links = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    BatchId = table.Column<Guid>(type: "uuid", nullable: false),
                    SenderId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spans", x => new { x.TraceId, x.SpanId, x.StartNanos, x.Day });
                });

            migrationBuilder.CreateTable(
                name: "targets",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Url = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: false, collation: "C"),
                    Method = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false, collation: "C"),
                    ReadBackUrl = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: true, collation: "C"),
                    ProtectedSecret = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ProofSeconds = table.Column<int>(type: "integer", nullable: false),
                    TimeoutSeconds = table.Column<int>(type: "integer", nullable: false),
                    Disabled = table.Column<bool>(type: "boolean", nullable: false),
                    DownUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_targets", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "trace_keys",
                columns: table => new
                {
                    SpokenKey = table.Column<Guid>(type: "uuid", nullable: false),
                    TraceId = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 16, nullable: false),
                    Type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Id = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Failed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_trace_keys", x => new { x.SpokenKey, x.TraceId });
                });

            migrationBuilder.CreateTable(
                name: "traces",
                columns: table => new
                {
                    TraceId = table.Column<byte[]>(type: "bytea", fixedLength: true, maxLength: 16, nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Spans = table.Column<int>(type: "integer", nullable: false),
                    Errors = table.Column<int>(type: "integer", nullable: false),
                    Service = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    HasRoot = table.Column<bool>(type: "boolean", nullable: false),
                    Services = table.Column<int>(type: "integer", nullable: false),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_traces", x => x.TraceId);
                });

            migrationBuilder.CreateTable(
                name: "transaction_milestones",
                columns: table => new
                {
                    TransactionKey = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Flow = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    ReachedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    System = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    ObjectKey = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transaction_milestones", x => new { x.TransactionKey, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "transaction_objects",
                columns: table => new
                {
                    TransactionKey = table.Column<Guid>(type: "uuid", nullable: false),
                    ObjectKey = table.Column<Guid>(type: "uuid", nullable: false),
                    LeadKey = table.Column<Guid>(type: "uuid", nullable: false),
                    Path = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transaction_objects", x => new { x.TransactionKey, x.ObjectKey });
                });

            migrationBuilder.CreateTable(
                name: "transactions",
                columns: table => new
                {
                    Key = table.Column<Guid>(type: "uuid", nullable: false),
                    Flow = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    LeadKey = table.Column<Guid>(type: "uuid", nullable: false),
                    LeadType = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    LeadId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Label = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    LegalEntity = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Region = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Amount = table.Column<decimal>(type: "numeric(19,4)", precision: 19, scale: 4, nullable: true),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true, collation: "C"),
                    Objects = table.Column<int>(type: "integer", nullable: false),
                    Reached = table.Column<int>(type: "integer", nullable: false),
                    Milestones = table.Column<int>(type: "integer", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CompletedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    NextDueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transactions", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "case_steps",
                columns: table => new
                {
                    CaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    From = table.Column<short>(type: "smallint", nullable: false),
                    To = table.Column<short>(type: "smallint", nullable: false),
                    Action = table.Column<short>(type: "smallint", nullable: false),
                    ActorId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    ActorName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Human = table.Column<bool>(type: "boolean", nullable: false),
                    Reason = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_steps", x => new { x.CaseId, x.Version });
                    table.ForeignKey(
                        name: "FK_case_steps_cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_audit_At_Id",
                table: "audit",
                columns: new[] { "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_Subject",
                table: "audit",
                column: "Subject");

            migrationBuilder.CreateIndex(
                name: "IX_batches_FoldedAt_Kind_ReceivedAt",
                table: "batches",
                columns: new[] { "FoldedAt", "Kind", "ReceivedAt" },
                filter: "\"FoldedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_cases_Fingerprint",
                table: "cases",
                column: "Fingerprint");

            migrationBuilder.CreateIndex(
                name: "IX_cases_Number",
                table: "cases",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_cases_ObjectId",
                table: "cases",
                column: "ObjectId");

            migrationBuilder.CreateIndex(
                name: "IX_cases_ObjectKey",
                table: "cases",
                column: "ObjectKey");

            migrationBuilder.CreateIndex(
                name: "IX_cases_Queue_State_DueAt",
                table: "cases",
                columns: new[] { "Queue", "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_State_RoutedAt",
                table: "cases",
                columns: new[] { "State", "RoutedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_Unit_State_DueAt",
                table: "cases",
                columns: new[] { "Unit", "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_changes_At",
                table: "changes",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_conflicts_ReceivedAt",
                table: "conflicts",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_events_BatchId",
                table: "events",
                column: "BatchId");

            migrationBuilder.CreateIndex(
                name: "IX_events_SpokenKey",
                table: "events",
                column: "SpokenKey");

            migrationBuilder.CreateIndex(
                name: "IX_known_answers_At",
                table: "known_answers",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_objects_Id",
                table: "objects",
                column: "Id");

            migrationBuilder.CreateIndex(
                name: "IX_objects_Type_ReceivedAt",
                table: "objects",
                columns: new[] { "Type", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_objects_Unit_Disagrees_Type",
                table: "objects",
                columns: new[] { "Unit", "Disagrees", "Type" });

            migrationBuilder.CreateIndex(
                name: "IX_people_NormalizedEmail",
                table: "people",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "IX_people_NormalizedUserName",
                table: "people",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_person_claims_UserId",
                table: "person_claims",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_quarantine_EventKey",
                table: "quarantine",
                column: "EventKey");

            migrationBuilder.CreateIndex(
                name: "IX_quarantine_State_ReceivedAt",
                table: "quarantine",
                columns: new[] { "State", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_replay_attempts_CaseId",
                table: "replay_attempts",
                column: "CaseId");

            migrationBuilder.CreateIndex(
                name: "IX_replay_items_CaseId_Outstanding",
                table: "replay_items",
                columns: new[] { "CaseId", "Outstanding" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_replay_items_State_DueAt",
                table: "replay_items",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_said_links_FromKey",
                table: "said_links",
                column: "FromKey");

            migrationBuilder.CreateIndex(
                name: "IX_said_links_ToKey",
                table: "said_links",
                column: "ToKey");

            migrationBuilder.CreateIndex(
                name: "IX_said_names_SpokenKey",
                table: "said_names",
                column: "SpokenKey");

            migrationBuilder.CreateIndex(
                name: "IX_said_names_TargetSpokenKey",
                table: "said_names",
                column: "TargetSpokenKey");

            migrationBuilder.CreateIndex(
                name: "IX_signals_Changed",
                table: "signals",
                column: "Changed",
                filter: "\"Changed\"");

            migrationBuilder.CreateIndex(
                name: "IX_signals_ObjectKey",
                table: "signals",
                column: "ObjectKey");

            migrationBuilder.CreateIndex(
                name: "IX_source_keys_Hash",
                table: "source_keys",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_source_keys_SourceId",
                table: "source_keys",
                column: "SourceId");

            migrationBuilder.CreateIndex(
                name: "IX_sources_Name",
                table: "sources",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_spans_BatchId",
                table: "spans",
                column: "BatchId");

            migrationBuilder.CreateIndex(
                name: "IX_trace_keys_TraceId",
                table: "trace_keys",
                column: "TraceId");

            migrationBuilder.CreateIndex(
                name: "IX_traces_StartedAt",
                table: "traces",
                column: "StartedAt");

            migrationBuilder.CreateIndex(
                name: "IX_transaction_milestones_Flow_Name_ReachedAt",
                table: "transaction_milestones",
                columns: new[] { "Flow", "Name", "ReachedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_transaction_objects_ObjectKey",
                table: "transaction_objects",
                column: "ObjectKey");

            migrationBuilder.CreateIndex(
                name: "IX_transactions_Flow_StartedAt",
                table: "transactions",
                columns: new[] { "Flow", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_transactions_LeadId",
                table: "transactions",
                column: "LeadId");

            migrationBuilder.CreateIndex(
                name: "IX_transactions_LeadKey",
                table: "transactions",
                column: "LeadKey");

            migrationBuilder.CreateIndex(
                name: "IX_transactions_NextDueAt",
                table: "transactions",
                column: "NextDueAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "batches");

            migrationBuilder.DropTable(
                name: "case_steps");

            migrationBuilder.DropTable(
                name: "changes");

            migrationBuilder.DropTable(
                name: "conflicts");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "flows");

            migrationBuilder.DropTable(
                name: "intake_counts");

            migrationBuilder.DropTable(
                name: "known_answers");

            migrationBuilder.DropTable(
                name: "kpi_points");

            migrationBuilder.DropTable(
                name: "leases");

            migrationBuilder.DropTable(
                name: "object_links");

            migrationBuilder.DropTable(
                name: "object_states");

            migrationBuilder.DropTable(
                name: "objects");

            migrationBuilder.DropTable(
                name: "parked_facts");

            migrationBuilder.DropTable(
                name: "payload_versions");

            migrationBuilder.DropTable(
                name: "people");

            migrationBuilder.DropTable(
                name: "person_claims");

            migrationBuilder.DropTable(
                name: "person_logins");

            migrationBuilder.DropTable(
                name: "person_tokens");

            migrationBuilder.DropTable(
                name: "protection_keys");

            migrationBuilder.DropTable(
                name: "quarantine");

            migrationBuilder.DropTable(
                name: "queues");

            migrationBuilder.DropTable(
                name: "rates");

            migrationBuilder.DropTable(
                name: "replay_attempts");

            migrationBuilder.DropTable(
                name: "replay_items");

            migrationBuilder.DropTable(
                name: "routing_rules");

            migrationBuilder.DropTable(
                name: "said_links");

            migrationBuilder.DropTable(
                name: "said_names");

            migrationBuilder.DropTable(
                name: "signals");

            migrationBuilder.DropTable(
                name: "source_hours");

            migrationBuilder.DropTable(
                name: "source_keys");

            migrationBuilder.DropTable(
                name: "sources");

            migrationBuilder.DropTable(
                name: "spans");

            migrationBuilder.DropTable(
                name: "targets");

            migrationBuilder.DropTable(
                name: "trace_keys");

            migrationBuilder.DropTable(
                name: "traces");

            migrationBuilder.DropTable(
                name: "transaction_milestones");

            migrationBuilder.DropTable(
                name: "transaction_objects");

            migrationBuilder.DropTable(
                name: "transactions");

            migrationBuilder.DropTable(
                name: "cases");
        }
    }
}
