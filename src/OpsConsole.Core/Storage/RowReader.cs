using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;

namespace OpsConsole.Storage;

/// <summary>Makes rows of one type from a reader. How is compiled once a type.</summary>
internal static class RowReader<T>
{
    private static Shape? s_shape;

    /// <param name="db">Whose entities are known.</param>
    /// <param name="reader">Standing before the first row.</param>
    /// <exception cref="InvalidOperationException">The columns are not those that the type is made of.</exception>
    public static Func<DbDataReader, T> Of(OpsDb db, DbDataReader reader)
    {
        var shape = s_shape ??= Describe(db.Model.FindEntityType(typeof(T)));
        if (reader.FieldCount != shape.Columns)
        {
            throw new InvalidOperationException($"{typeof(T)} is made of {shape.Columns} columns, and {reader.FieldCount} came.");
        }

        var places = shape.Names is { } names ? Array.ConvertAll(names, reader.GetOrdinal) : [];
        return row => shape.Make(row, places);
    }

    private static Shape Describe(IEntityType? entity)
    {
        var reader = Expression.Parameter(typeof(DbDataReader), "reader");
        var places = Expression.Parameter(typeof(int[]), "places");
        if (entity is not null)
        {
            var properties = entity.GetProperties().ToList();
            var made = Expression.MemberInit(
                Expression.New(typeof(T)),
                properties.Select((property, i) => Expression.Bind(property.PropertyInfo!, Value(reader, Expression.ArrayIndex(places, Expression.Constant(i)), property.ClrType))));
            return new Shape(properties.Count, [.. properties.Select(property => property.GetColumnName())], Compile(made, reader, places));
        }

        if (typeof(T).IsValueType || typeof(T) == typeof(string) || typeof(T) == typeof(byte[]))
        {
            return new Shape(1, null, Compile(Value(reader, Expression.Constant(0), typeof(T)), reader, places));
        }

        var maker = typeof(T).GetConstructors().Single();
        var values = maker.GetParameters().Select((parameter, i) => Value(reader, Expression.Constant(i), parameter.ParameterType)).ToList();
        return new Shape(values.Count, null, Compile(Expression.New(maker, values), reader, places));
    }

    private static Func<DbDataReader, int[], T> Compile(Expression made, ParameterExpression reader, ParameterExpression places) =>
        Expression.Lambda<Func<DbDataReader, int[], T>>(made, reader, places).Compile();

    private static Expression Value(Expression reader, Expression place, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var stored = plain.IsEnum ? Enum.GetUnderlyingType(plain) : plain;
        Expression value = Expression.Call(reader, nameof(DbDataReader.GetFieldValue), [stored], place);
        value = value.Type == type ? value : Expression.Convert(value, type);
        return type.IsValueType && plain == type
            ? value
            : Expression.Condition(Expression.Call(reader, nameof(DbDataReader.IsDBNull), null, place), Expression.Default(type), value);
    }

    private sealed record Shape(int Columns, string[]? Names, Func<DbDataReader, int[], T> Make);
}
