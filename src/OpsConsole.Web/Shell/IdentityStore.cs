using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Storage;

namespace OpsConsole.Web.Shell;

/// <summary>Where ASP.NET Core Identity finds accounts: for signing in and locking out. Accounts are changed by Core's requests.</summary>
internal sealed class IdentityStore(OpsDb db) : UserOnlyStore<Person, OpsDb, Guid>(db);
