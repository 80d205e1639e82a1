using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsConsole.Storage.Rows;

namespace OpsConsole.SqlServer;

public static class SqlServerSetup
{
    public const string MigrationsAssembly = "OpsConsole.Migrations.SqlServer";

    /// <summary>Registers <see cref="OpsDb"/> on SQL Server 2019 or later.</summary>
    public static IServiceCollection AddSqlServer(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton<IDatabaseDialect, SqlServerDialect>();
        services.TryAddSingleton<RowWall>();
        return services.AddDbContextFactory<OpsDb>((provider, options) => options.UseOpsSqlServer(connectionString).AddInterceptors(provider.GetRequiredService<RowWall>()));
    }

    /// <summary>For tools that make a context by hand: migrations and tests.</summary>
    public static OpsDb CreateSqlServer(string connectionString, Action<DbContextOptionsBuilder>? more = null)
    {
        var options = new DbContextOptionsBuilder<OpsDb>();
        options.UseOpsSqlServer(connectionString);
        more?.Invoke(options);
        return new OpsDb(options.Options, new SqlServerDialect());
    }

    // One parameter for a whole list (OPENJSON): a statement may have 2,100 parameters, a fold asks for more keys than that.
    private static DbContextOptionsBuilder UseOpsSqlServer(this DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlServer(connectionString, sqlServer => sqlServer
            .MigrationsAssembly(MigrationsAssembly)
            .UseCompatibilityLevel(150)
            .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .ReplaceService<IUpdateSqlGenerator, NoMerge>()
            .ReplaceService<IModelCacheKeyFactory, EntityModels>();
}
