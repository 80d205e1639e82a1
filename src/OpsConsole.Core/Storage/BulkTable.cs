using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;

namespace OpsConsole.Storage;

/// <summary>
/// A table as bulk writes see it, read off the EF model, so that COPY and SqlBulkCopy follow every mapping by themselves. Columns that the
/// database fills are left out. The ways to the values are compiled once.
/// </summary>
/// <typeparam name="TRow">An entity, or an <see cref="IRowOf{TEntity}"/> that stands for one.</typeparam>
public sealed class BulkTable<TRow>
    where TRow : class
{
    internal BulkTable(string name, IReadOnlyList<BulkColumn<TRow>> columns) =>
        (Name, Columns, Keys, Values) = (name, columns, [.. columns.Where(column => column.IsKey)], [.. columns.Where(column => !column.IsKey)]);

    public string Name { get; }

    public IReadOnlyList<BulkColumn<TRow>> Columns { get; }

    /// <summary>The primary key.</summary>
    public IReadOnlyList<BulkColumn<TRow>> Keys { get; }

    public IReadOnlyList<BulkColumn<TRow>> Values { get; }
}

/// <summary>Reads tables off the EF model.</summary>
public static class BulkTable
{
    /// <exception cref="InvalidOperationException">The type neither is an entity of the model nor stands for one.</exception>
    public static BulkTable<TRow> Of<TRow>(OpsDb db)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(db);
        var entity = db.Model.FindEntityType(EntityOf(typeof(TRow))) ?? throw new InvalidOperationException($"{typeof(TRow)} is not mapped.");
        return entity.GetOrAddRuntimeAnnotationValue<BulkTable<TRow>, IEntityType>($"OpsConsole:Bulk:{typeof(TRow).Name}", static type => Describe<TRow>(type!), entity);
    }

    private static Type EntityOf(Type row) =>
        Array.Find(row.GetInterfaces(), one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRowOf<>))?.GetGenericArguments()[0] ?? row;

    private static BulkTable<TRow> Describe<TRow>(IEntityType entity)
        where TRow : class
    {
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        return new BulkTable<TRow>(
            table.Name,
            [.. from property in entity.GetProperties()
                where property.ValueGenerated is ValueGenerated.Never
                select Column<TRow>(property, table)]);
    }

    private static BulkColumn<TRow> Column<TRow>(IProperty property, StoreObjectIdentifier table)
    {
        var mapping = property.GetRelationalTypeMapping();
        var row = Expression.Parameter(typeof(TRow), "row");
        Expression value = Expression.Property(row, property.Name);
        Expression? absent = null;
        if (Nullable.GetUnderlyingType(value.Type) is not null)
        {
            absent = Expression.Not(Expression.Property(value, "HasValue"));
            value = Expression.Property(value, "Value");
        }
        else if (!value.Type.IsValueType)
        {
            absent = Expression.ReferenceEqual(value, Expression.Constant(null));
        }

        if (mapping.Converter is { } converter && value.Type == converter.ModelClrType)
        {
            value = Expression.Invoke(converter.ConvertToProviderExpression, value);
        }

        return (BulkColumn<TRow>)Activator.CreateInstance(
            typeof(BulkColumn<,>).MakeGenericType(typeof(TRow), value.Type),
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.CreateInstance,
            null,
            [
                property.GetColumnName(table)!, mapping.StoreTypeNameBase, property.IsPrimaryKey(),
                absent is null ? null : Expression.Lambda<Func<TRow, bool>>(absent, row).Compile(),
                Expression.Lambda(value, row).Compile(),
            ],
            null)!;
    }
}
