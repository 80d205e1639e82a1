using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using OpsConsole.Audit;
using OpsConsole.Replay.Bulks;

namespace OpsConsole.Storage.Rows;

/// <summary>
/// The one place where rows are held to the legal entities of who asks (docs/decisions/0030): filters of the model that a context has whose <see cref="OpsDb.Rows"/>
/// name some. What hangs on a row is seen with it; what can be of several legal entities and does not say of which is not seen. Any other context has a model without
/// filters, so that nobody else's statements change.
/// </summary>
public static class EntityLimits
{
    /// <summary>What says whose it is.</summary>
    public const string Column = "LegalEntity";

    private const string Name = "entities";

    /// <summary>True when the rows name a legal entity themselves.</summary>
    public static bool IsNamed(Type type) => type.GetProperty(Column) is not null;

    public static void Shape(ModelBuilder model, OpsDb db)
    {
        foreach (var limit in RowLimits.All.Where(limit => limit.ByEntity is not EntityOwner.Open))
        {
            model.Entity(limit.Type).HasQueryFilter(Name, Filter(model, db, limit));
        }
    }

    private static LambdaExpression Filter(ModelBuilder model, OpsDb db, RowLimit limit) => limit.ByEntity switch
    {
        EntityOwner.Named => Made(nameof(Named), [limit.Type], db),
        EntityOwner.Parent => Made(nameof(Hanging), [limit.Type, limit.Parent!], db, limit.ParentColumn, Key(model.Entity(limit.Parent!).Metadata)),
        EntityOwner.Whole => Whole(db),
        EntityOwner.Unitless => Unitless(db),
        _ => Made(nameof(Nobodys), [limit.Type], db),
    };

    private static LambdaExpression Made(string name, Type[] types, params object[] with) =>
        (LambdaExpression)typeof(EntityLimits).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(types).Invoke(null, with)!;

    private static string Key(IMutableEntityType type) => type.FindPrimaryKey()!.Properties.Single().Name;

    private static Expression<Func<T, bool>> Named<T>(OpsDb db) => row => db.AllEntities || db.Entities.Contains(EF.Property<string>(row!, Column));

    private static Expression<Func<T, bool>> Hanging<T, TParent>(OpsDb db, string column, string key)
        where TParent : class =>
        row => db.AllEntities || db.Set<TParent>().Any(parent => EF.Property<Guid>(parent, key) == EF.Property<Guid>(row!, column));

    private static Expression<Func<T, bool>> Nobodys<T>(OpsDb db) => _ => db.AllEntities;

    // Its items are filtered themselves: it is seen by who sees all of them.
    private static Expression<Func<Bulk, bool>> Whole(OpsDb db) => bulk => db.AllEntities || db.BulkItems.Count(item => item.BulkId == bulk.Id) == bulk.Total;

    private static Expression<Func<AuditEntry, bool>> Unitless(OpsDb db) => entry => db.AllEntities || entry.Unit == null;
}

/// <summary>One model for contexts that are limited to legal entities, one for all others.</summary>
public sealed class EntityModels : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context?.GetType(), (context as OpsDb)?.LimitsEntities, designTime);
}
