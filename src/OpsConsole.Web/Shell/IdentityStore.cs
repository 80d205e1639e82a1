using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Storage;

namespace OpsConsole.Web.Shell;

/// <summary>Where ASP.NET Core Identity finds accounts and keeps passkeys. Accounts are changed by Core's requests.</summary>
internal sealed class IdentityStore(OpsDb db) : UserOnlyStore<Person, OpsDb, Guid>(db);
