namespace OpsConsole.Storage;

/// <summary>A column as bulk writes see it.</summary>
/// <param name="name">In the table.</param>
/// <param name="storeType">As the database spells it, without its width.</param>
/// <param name="type">The CLR type that the driver is given, never a nullable one.</param>
/// <param name="isKey">Part of the primary key.</param>
public abstract class BulkColumn(string name, string storeType, Type type, bool isKey)
{
    public string Name => name;

    public string StoreType => storeType;

    public Type Type => type;

    public bool IsKey => isKey;
}

/// <summary>A column that is read from rows of one type.</summary>
public abstract class BulkColumn<TRow>(string name, string storeType, Type type, bool isKey, Func<TRow, bool>? absent) : BulkColumn(name, storeType, type, isKey)
{
    /// <summary>True where a row has no value; nothing: every row has one.</summary>
    public Func<TRow, bool>? Absent => absent;

    /// <summary>Leads to the column with the type of its values, so that nothing is boxed on the way to the driver.</summary>
    public abstract TResult Accept<TResult>(IBulkVisitor<TRow, TResult> visitor);
}

/// <summary>A column and the compiled ways to its values, converted as the model says.</summary>
public sealed class BulkColumn<TRow, TValue>(string name, string storeType, bool isKey, Func<TRow, bool>? absent, Func<TRow, TValue> read)
    : BulkColumn<TRow>(name, storeType, typeof(TValue), isKey, absent)
{
    /// <summary>The value of a row that has one.</summary>
    public Func<TRow, TValue> Read => read;

    public override TResult Accept<TResult>(IBulkVisitor<TRow, TResult> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Visit(this);
    }
}

/// <summary>What a database makes of a column once its values' type is known.</summary>
public interface IBulkVisitor<TRow, out TResult>
{
    TResult Visit<TValue>(BulkColumn<TRow, TValue> column);
}

/// <summary>Says that a type carries the columns of an entity under the same names, in whatever types are quicker to make: bulk writes take it in the entity's place.</summary>
public interface IRowOf<TEntity>
    where TEntity : class;
