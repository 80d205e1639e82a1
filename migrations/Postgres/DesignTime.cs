using Microsoft.EntityFrameworkCore.Design;
using OpsConsole.Storage;
using OpsConsole.Postgres;

namespace OpsConsole.Migrations.Postgres;

/// <summary>Lets the EF tools make a context without the console. Adding a migration needs no database; the address is never opened.</summary>
public sealed class DesignTime : IDesignTimeDbContextFactory<OpsDb>
{
    public OpsDb CreateDbContext(string[] args) => PostgresSetup.CreatePostgres("Server=localhost;Database=opsconsole");
}
