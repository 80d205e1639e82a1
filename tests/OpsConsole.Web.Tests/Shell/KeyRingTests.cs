using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using OpsConsole.Web.Tests.Intake;

namespace OpsConsole.Web.Tests.Shell;

/// <summary>A console that was given a certificate for its keys.</summary>
public sealed class SealedConsole : LiveConsole
{
    private const string FilePassword = "of-the-file";
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"ops-keys-{Guid.NewGuid():n}.pfx");

    /// <summary>Reaches its database.</summary>
    public string Database { get; private set; } = "";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development", ["OPSCONSOLE_DEMO_PASSWORD"] = OpenConsole.Password, ["Keys__CertificateFile"] = _file, ["Keys__CertificatePassword"] = FilePassword,
    };

    protected override async Task<NpgsqlConnectionStringBuilder> Prepare(NpgsqlConnectionStringBuilder database)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=OpsConsole keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        await File.WriteAllBytesAsync(_file, certificate.Export(X509ContentType.Pkcs12, FilePassword));
        Database = database.ConnectionString;
        return database;
    }

    protected override Task Leave()
    {
        File.Delete(_file);
        return Task.CompletedTask;
    }
}

/// <summary>What encrypts the secrets is itself encrypted where it is kept.</summary>
public sealed class KeyRingTests(SealedConsole console) : IClassFixture<SealedConsole>
{
    [Fact]
    public async Task With_a_certificate_who_reads_the_database_alone_reads_no_key()
    {
        using var person = await console.SignedIn("steward@demo.local", OpenConsole.Password);
        using var page = await person.GetAsync(new Uri("/api/v1/exceptions", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        await using var db = new NpgsqlConnection(console.Database);
        await db.OpenAsync();
        await using var read = new NpgsqlCommand("SELECT \"Xml\" FROM protection_keys WHERE \"Xml\" LIKE '<key %'", db);
        await using var rows = await read.ExecuteReaderAsync();
        var keys = new List<string>();
        while (await rows.ReadAsync())
        {
            keys.Add(rows.GetString(0));
        }

        Assert.NotEmpty(keys);
        Assert.All(keys, key =>
        {
            Assert.Contains("EncryptedData", key, StringComparison.Ordinal);
            Assert.DoesNotContain("masterKey", key, StringComparison.Ordinal);
        });
    }
}
