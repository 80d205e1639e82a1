using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpsConsole.Postgres;

public static class PostgresSetup
{
    public const string MigrationsAssembly = "OpsConsole.Migrations.Postgres";

    /// <summary>Registers <see cref="OpsDb"/> on PostgreSQL 15 or later.</summary>
    public static IServiceCollection AddPostgres(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton<IDatabaseDialect, PostgresDialect>();
        return services.AddDbContextFactory<OpsDb>(options => options.UseOpsPostgres(connectionString));
    }

    /// <summary>For tools that make a context by hand: migrations and tests.</summary>
    public static OpsDb CreatePostgres(string connectionString)
    {
        var options = new DbContextOptionsBuilder<OpsDb>();
        options.UseOpsPostgres(connectionString);
        return new OpsDb(options.Options, new PostgresDialect());
    }

    private static void UseOpsPostgres(this DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString, postgres => postgres.MigrationsAssembly(MigrationsAssembly));
}
