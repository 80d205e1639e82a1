using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using OpsConsole.Storage.Rows;

namespace OpsConsole.Postgres;

public static class PostgresSetup
{
    public const string MigrationsAssembly = "OpsConsole.Migrations.Postgres";

    /// <summary>How many statements a connection keeps prepared, unless its string says another number.</summary>
    private const int Prepared = 100;

    /// <summary>Registers <see cref="OpsDb"/> on PostgreSQL 15 or later.</summary>
    public static IServiceCollection AddPostgres(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton<IDatabaseDialect, PostgresDialect>();
        services.TryAddSingleton<RowWall>();
        return services.AddDbContextFactory<OpsDb>((provider, options) => options.UseOpsPostgres(connectionString).AddInterceptors(provider.GetRequiredService<RowWall>()));
    }

    /// <summary>For tools that make a context by hand: migrations and tests.</summary>
    public static OpsDb CreatePostgres(string connectionString, RowWall? wall = null)
    {
        var options = new DbContextOptionsBuilder<OpsDb>();
        options.UseOpsPostgres(connectionString);
        if (wall is not null)
        {
            options.AddInterceptors(wall);
        }

        return new OpsDb(options.Options, new PostgresDialect());
    }

    private static DbContextOptionsBuilder UseOpsPostgres(this DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(Preparing(connectionString), postgres => postgres.MigrationsAssembly(MigrationsAssembly)).ReplaceService<IModelCacheKeyFactory, EntityModels>();

    /// <summary>
    /// What the string leaves open. Pages and folds send the same statements again and again: prepared after a few uses, they are parsed and planned no
    /// more. And none of them runs long enough for the server to compile it: over thirty partitions that took seconds for an answer of milliseconds.
    /// </summary>
    private static string Preparing(string connectionString)
    {
        var said = connectionString.Replace(" ", "", StringComparison.Ordinal);
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!said.Contains("MaxAutoPrepare=", StringComparison.OrdinalIgnoreCase))
        {
            settings.MaxAutoPrepare = Prepared;
        }

        if (!said.Contains("Options=", StringComparison.OrdinalIgnoreCase))
        {
            settings.Options = "-c jit=off";
        }

        return settings.ConnectionString;
    }
}
