namespace OpsConsole.Storage;

public class OpsDb(DbContextOptions<OpsDb> options) : DbContext(options);
