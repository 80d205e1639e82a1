using Microsoft.EntityFrameworkCore.Design;
using OpsConsole.Storage;
using OpsConsole.SqlServer;

namespace OpsConsole.Migrations.SqlServer;

/// <summary>Lets the EF tools make a context without the console. Adding a migration needs no database; the address is never opened.</summary>
public sealed class DesignTime : IDesignTimeDbContextFactory<OpsDb>
{
    public OpsDb CreateDbContext(string[] args) => SqlServerSetup.CreateSqlServer("Server=localhost;Database=opsconsole");
}
