using System.Data.Common;

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
        new PastDb(new DbContextOptionsBuilder<OpsDb>(present.Options).AddInterceptors(TellMoment.One).Options, present.Dialect, at) { Rows = present.Rows };

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

    /// <summary>Each connection that such a context opens is told the moment.</summary>
    private sealed class TellMoment : ToldConnections
    {
        public static readonly TellMoment One = new();

        protected override Action<DbCommand>? Word(DbContext? context) => context is PastDb past ? command => past.Dialect.TellMoment(command, past.At) : null;
    }
}
