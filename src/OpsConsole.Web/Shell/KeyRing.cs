using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Storage;

namespace OpsConsole.Web.Shell;

/// <summary>Keeps Data Protection's keys in the database, so that every node reads the same cookies and a restart signs nobody out.</summary>
internal sealed class KeyRing(IDbContextFactory<OpsDb> databases, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.CreateDbContext();
        return [.. db.ProtectionKeys.AsNoTracking().OrderBy(key => key.CreatedAt).Select(key => key.Xml).ToList().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = databases.CreateDbContext();
        var now = clock.GetUtcNow();
        db.ProtectionKeys.Add(new ProtectionKey { Id = Guid.CreateVersion7(now), Xml = element.ToString(SaveOptions.DisableFormatting), CreatedAt = now });
        db.SaveChanges();
    }
}
