using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace OpsConsole.Storage;

/// <summary>
/// Questions that <see cref="EF.CompileQuery{TContext, TResult}(System.Linq.Expressions.Expression{Func{TContext, IQueryable{TResult}}})"/> has compiled.
/// LINQ is taken apart and looked up each time it is asked, which costs the client more than an indexed answer costs the database; compiled, only the
/// parameters are filled in. A compiled question belongs to one model, so each model (one a database brand) has its own.
/// </summary>
/// <typeparam name="T">Holds the questions of one page, each a property.</typeparam>
internal static class Questions<T>
    where T : class, new()
{
    private static readonly ConditionalWeakTable<IModel, T> s_ofModel = [];

    public static T Of(OpsDb db) => s_ofModel.GetValue(db.Model, static _ => new T());
}
