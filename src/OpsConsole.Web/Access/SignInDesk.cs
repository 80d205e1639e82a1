using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpsConsole.Access;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Access;

/// <summary>Lets people in, or says why not. A wrong address and a wrong password read alike and take the same time.</summary>
internal sealed class SignInDesk(IMediator mediator, DeviceCookie devices, HalfWay halfWay, ILogger<SignInDesk> log)
{
    private const int LongestLogged = 100;

    /// <summary>Takes the password; then they are in, or their code is wanted.</summary>
    public async Task<Outcome<Entrance>> ByPassword(string email, string password, HttpContext http)
    {
        if (Insecure(http) is { } insecure)
        {
            return Refusal.Forbidden(insecure);
        }

        var entered = await mediator.Send(new EnterByPassword(email, password, From(http, email)), http.RequestAborted);
        if (entered.Value is { Session: null } wanted)
        {
            halfWay.Begin(http, wanted.PersonId, email);
            return entered;
        }

        return await Enter(entered, email, http);
    }

    /// <summary>Takes the code of the one whose password was right a moment ago.</summary>
    public async Task<Outcome<Entrance>> ByCode(string code, HttpContext http)
    {
        if (halfWay.Find(http) is not (Guid person, string email))
        {
            return Refusal.Forbidden("That took too long. Begin again with your password.");
        }

        return await Enter(await mediator.Send(new EnterByCode(person, code, From(http, email)), http.RequestAborted), email, http);
    }

    /// <summary>Lets somebody in whom a passkey has shown.</summary>
    public async Task<Outcome<Entrance>> By(SignInMethod method, Guid person, string email, HttpContext http)
    {
        var begun = await mediator.Send(new BeginSession(person, method, From(http, email)), http.RequestAborted);
        return await Enter(begun.Match<Outcome<Entrance>>(session => new Entrance(person, session), refusal => refusal), email, http);
    }

    /// <summary>Lets somebody in of whom the company's provider spoke, if their groups give them something.</summary>
    public async Task<Outcome<Entrance>> ByProvider(ProviderWord said, HttpContext http)
    {
        var email = said.Email ?? said.Subject;
        return await Enter(await mediator.Send(new EnterByProvider(said, From(http, email)), http.RequestAborted), email, http);
    }

    /// <summary>Ends the session here and in the cookie.</summary>
    public async Task SignOut(HttpContext http)
    {
        if (http.FindActor() is { Session: not null } actor)
        {
            await mediator.Send(new Leave(actor), http.RequestAborted);
        }

        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>Passwords travel over HTTPS or not at all; on this machine itself plain HTTP will do.</summary>
    public static string? Insecure(HttpContext http)
    {
        var remote = http.Connection.RemoteIpAddress;
        return http.Request.IsHttps || (remote is not null && IPAddress.IsLoopback(remote))
            ? null
            : "People can sign in over HTTPS only. Open the console by its https address, or have the proxy in front of it named as trusted.";
    }

    /// <summary>Only an address of this console: one that leads elsewhere is a trap.</summary>
    public static string LocalOr(string? address, string otherwise) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : otherwise;

    private Whereabouts From(HttpContext http, string email) =>
        new(DeviceWords.Of(http.Request.Headers.UserAgent), http.Connection.RemoteIpAddress?.ToString()) { Known = devices.Known(http, email) };

    private async Task<Outcome<Entrance>> Enter(Outcome<Entrance> entered, string email, HttpContext http)
    {
        if (entered.Value?.Session is not { } session)
        {
            log.SignInRefused(email.Length > LongestLogged ? email[..LongestLogged] : email, http.Connection.RemoteIpAddress?.ToString(), entered.Refusal!.Code);
            return entered;
        }

        // A session that this browser still had is over: the new one has a new id and the old one cannot be used beside it.
        await SignOut(http);
        HalfWay.End(http);
        devices.Remember(http, email);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, ActorClaims.Of(session.Id, session.PersonId, IdentityConstants.ApplicationScheme));
        log.SignedIn(session.PersonId, http.Connection.RemoteIpAddress?.ToString());
        return entered;
    }
}
