using System.Reflection;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Postgres;
using OpsConsole.SqlServer;
using OpsConsole.Storage;
using OpsConsole.Storage.Rows;

namespace OpsConsole.Web.Shell;

/// <summary>The only place that names the databases: which one is used, and whether its schema is what this version needs.</summary>
internal static class Databases
{
    public const string ConnectionName = "OpsConsole";

    private const string RowSecuritySetting = "Database:RowSecurity";

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString(ConnectionName)))
        {
            yield return $"ConnectionStrings:{ConnectionName} is missing: set ConnectionStrings__{ConnectionName} to the address of a PostgreSQL or SQL Server database.";
        }

        switch (configuration["Database:Provider"])
        {
            case "Postgres":
                break;
            case "SqlServer" when !CanServeSqlServer():
                yield return "This build cannot serve SQL Server: the assembly Microsoft.SqlServer.Server is missing. Build with -p:FullFeed=true against the complete package registry.";
                break;
            case "SqlServer":
                break;
            case var other:
                yield return $"Database:Provider is \"{other}\"; it must be Postgres or SqlServer.";
                break;
        }

        if (configuration[RowSecuritySetting] is { } wish && !Enum.TryParse<RowSecurity>(wish, out _))
        {
            yield return $"{RowSecuritySetting} is \"{wish}\"; it must be Auto, Required or Off.";
        }
    }

    public static void AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var connectionString = configuration.GetConnectionString(ConnectionName)!;
        if (configuration["Database:Provider"] is "SqlServer")
        {
            services.AddSqlServer(connectionString);
        }
        else
        {
            services.AddPostgres(connectionString);
        }
    }

    /// <summary>Brings the schema up to date where that is allowed, else says what is missing.</summary>
    /// <returns>Nothing when the database is ready, else one sentence.</returns>
    public static async Task<string?> Prepare(IServiceProvider services, bool migrate, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDb>();
        try
        {
            if (migrate)
            {
                await db.Database.MigrateAsync(cancellationToken);
            }

            var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            if (pending.Count > 0)
            {
                return $"The database's schema is {pending.Count} step(s) behind this version. Run \"OpsConsole.Web.dll migrate\", or set Database__MigrateOnStart=true.";
            }

            return await db.Dialect.UnsafeSetting(db, cancellationToken) ?? await LimitRows(scope.ServiceProvider, db, migrate, cancellationToken);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            return $"The database does not answer: {failure.GetBaseException().Message}";
        }
    }

    private static async Task<string?> LimitRows(IServiceProvider services, OpsDb db, bool raise, CancellationToken cancellationToken)
    {
        var (wish, wall, log) = (
            services.GetRequiredService<IConfiguration>().GetValue(RowSecuritySetting, RowSecurity.Auto), services.GetRequiredService<RowWall>(),
            services.GetRequiredService<ILoggerFactory>().CreateLogger<RowWall>());
        if (wish is RowSecurity.Off)
        {
            log.RowsNotWithheld("it is switched off");
            return null;
        }

        var why = await db.Dialect.WhyNoRowSecurity(db, raise, cancellationToken);
        wall.Stands = why is null;
        if (why is null)
        {
            log.RowsWithheld();
            return null;
        }

        log.RowsNotWithheld(why);
        return wish is RowSecurity.Required ? $"Database__RowSecurity is Required, but {why}. Run deploy/sql as an administrator of the database." : null;
    }

    private static bool CanServeSqlServer()
    {
        try
        {
            Assembly.Load("Microsoft.SqlServer.Server");
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
