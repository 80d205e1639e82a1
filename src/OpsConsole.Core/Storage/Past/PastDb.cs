using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace OpsConsole.Storage.Past;

/// <summary>
/// The same tables as they were known at a moment: the same queries run against views that unite present and former rows. Nothing can be written through it.
/// </summary>
internal sealed class PastDb(DbContextOptions<OpsDb> options, IDatabaseDialect dialect, DateTimeOffset at) : OpsDb(options, dialect)
{
    public DateTimeOffset At => at;

    /// <param name="present">Where its database is.</param>
    /// <param name="at">The moment, UTC.</param>
    public static OpsDb Of(OpsDb present, DateTimeOffset at) =>
        new PastDb(new DbContextOptionsBuilder<OpsDb>((DbContextOptions<OpsDb>)present.GetService<IDbContextOptions>()).AddInterceptors(TellMoment.One).Options, present.Dialect, at) { Rows = present.Rows };

    public override OpsDb Beside() => new PastDb(Options, Dialect, at) { Rows = Rows };

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw Fixed();

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) => throw Fixed();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var type in Kept.Changing.Concat(Kept.Received))
        {
            var entity = modelBuilder.Entity(type);
            entity.ToView(Kept.View + entity.Metadata.GetTableName());
        }
    }

    private static InvalidOperationException Fixed() => new("The past is read, never written.");

    /// <summary>Each connection that such a context opens is told the moment; it forgets it when it goes back to the pool.</summary>
    private sealed class TellMoment : DbConnectionInterceptor
    {
        public static readonly TellMoment One = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = Command(connection, eventData);
            command?.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = Command(connection, eventData);
            if (command is not null)
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        private static DbCommand? Command(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (eventData.Context is not PastDb past)
            {
                return null;
            }

            var command = connection.CreateCommand();
            past.Dialect.TellMoment(command, past.At);
            return command;
        }
    }
}
