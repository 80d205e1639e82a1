using Microsoft.EntityFrameworkCore;
using OpsConsole.Postgres;
using OpsConsole.SqlServer;

namespace OpsConsole.Tests.Storage;

public class MigrationTests
{
    [Fact]
    public void No_change_of_the_model_lacks_its_migration_on_postgres()
    {
        using var db = PostgresSetup.CreatePostgres("Host=nowhere");

        Assert.False(db.Database.HasPendingModelChanges(), "Run migrations/add.sh NAME.");
    }

    [Fact]
    public void No_change_of_the_model_lacks_its_migration_on_sql_server()
    {
        using var db = SqlServerSetup.CreateSqlServer("Server=nowhere");

        Assert.False(db.Database.HasPendingModelChanges(), "Run migrations/add.sh NAME.");
    }
}
