using Microsoft.EntityFrameworkCore.Metadata;

namespace OpsConsole.Storage;

/// <summary>A column as bulk writes see it.</summary>
/// <param name="Name">In the table.</param>
/// <param name="StoreType">As the database spells it.</param>
/// <param name="Type">The CLR type that the driver is given, never a nullable one.</param>
/// <param name="IsKey">Part of the primary key.</param>
/// <param name="Read">The value of an entity, converted for the driver; null when absent.</param>
public sealed record BulkColumn(string Name, string StoreType, Type Type, bool IsKey, Func<object, object?> Read);

/// <summary>
/// A table as bulk writes see it, read off the EF model, so that COPY and SqlBulkCopy follow every mapping by themselves. Columns that the
/// database fills are left out.
/// </summary>
public sealed class BulkTable
{
    private BulkTable(string name, IReadOnlyList<BulkColumn> columns) => (Name, Columns) = (name, columns);

    public string Name { get; }

    public IReadOnlyList<BulkColumn> Columns { get; }

    public IEnumerable<BulkColumn> Keys => Columns.Where(column => column.IsKey);

    public IEnumerable<BulkColumn> Values => Columns.Where(column => !column.IsKey);

    /// <exception cref="InvalidOperationException">The type is not an entity of the model.</exception>
    public static BulkTable Of<T>(OpsDb db)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(db);
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not mapped.");
        return entity.GetOrAddRuntimeAnnotationValue<BulkTable, IEntityType>("OpsConsole:Bulk", static type => Describe(type!), entity);
    }

    private static BulkTable Describe(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        return new BulkTable(
            table.Name,
            [.. from property in entity.GetProperties()
                where property.ValueGenerated is ValueGenerated.Never
                select Column(property, table)]);
    }

    private static BulkColumn Column(IProperty property, StoreObjectIdentifier table)
    {
        var mapping = property.GetRelationalTypeMapping();
        var getter = property.GetGetter();
        var converter = mapping.Converter;
        var type = converter?.ProviderClrType ?? property.ClrType;
        return new BulkColumn(
            property.GetColumnName(table)!,
            mapping.StoreTypeNameBase,
            Nullable.GetUnderlyingType(type) ?? type,
            property.IsPrimaryKey(),
            converter is null ? getter.GetClrValue : entity => converter.ConvertToProvider(getter.GetClrValue(entity)));
    }
}
