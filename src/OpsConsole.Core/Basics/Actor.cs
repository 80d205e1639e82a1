using System.Collections.Frozen;

namespace OpsConsole.Basics;

public enum ActorKind
{
    /// <summary>Somebody who signed in.</summary>
    Person,

    /// <summary>A program with an API key. It never approves.</summary>
    Key,

    /// <summary>The console itself: workers and proofs.</summary>
    System,
}

/// <summary>What somebody may do. Roles are sets of these (<c>Access/Role.cs</c>); every request names the one that it needs.</summary>
public enum Right
{
    /// <summary>Worklist, exceptions, causes.</summary>
    ReadCases,

    /// <summary>Claim, repair, submit, replay, snooze, dismiss, comment.</summary>
    WorkCases,

    /// <summary>Repair a payload as JSON and past what its contract locks; it must still fit the contract.</summary>
    RepairRaw,

    /// <summary>The second pair of eyes. Never given to a key.</summary>
    Approve,

    /// <summary>Give an exception to somebody else, or take it from them.</summary>
    AssignCases,
    ReadBoard,

    /// <summary>Sign a period's close off. Never given to a key.</summary>
    SignClose,

    /// <summary>Transactions, objects, traces, search.</summary>
    ReadFacts,

    /// <summary>Sources, volumes, quarantine.</summary>
    ReadSources,

    /// <summary>Mend what is in quarantine and take it in again.</summary>
    MendQuarantine,

    /// <summary>Routing rules, flow definitions, contracts, ownership, exchange rates, targets.</summary>
    ManageRules,

    /// <summary>Sources and their keys.</summary>
    ManageSources,

    /// <summary>People, their roles and scopes.</summary>
    ManageAccess,
    ReadAudit,

    /// <summary>See what contracts call personal, without asking.</summary>
    ReadPersonal,

    /// <summary>See what contracts call financial, without asking.</summary>
    ReadFinancial,

    /// <summary>Have hidden fields of one thing shown for a while, for a reason.</summary>
    RevealFields,

    /// <summary>Place and end legal holds, erase a person. Never given to a key.</summary>
    ManagePrivacy,
}

/// <summary>Who asks: a person, a program with a key, or the console itself.</summary>
/// <param name="Id">Stable: a person's id, <c>key:name</c>, <c>system</c>.</param>
/// <param name="Name">As others read it.</param>
/// <param name="Kind">What sort of actor.</param>
/// <param name="Rights">What they may do.</param>
/// <param name="Scope">Where they may do it.</param>
public sealed record Actor(string Id, string Name, ActorKind Kind, FrozenSet<Right> Rights, Scope Scope)
{
    /// <summary>A person's session; programs have none.</summary>
    public Guid? Session { get; init; }

    /// <summary>They must set a second factor up before they have any right.</summary>
    public bool MustEnrol { get; init; }

    /// <summary>They have more than their roles give, until then (UTC): emergency access, which every entry of the audit tells.</summary>
    public DateTimeOffset? EmergencyUntil { get; init; }

    /// <summary>How much they decide within their rights.</summary>
    public Mandate Mandate { get; init; } = Mandate.Whole;

    public static readonly Actor System = new("system", "System", ActorKind.System, Enum.GetValues<Right>().ToFrozenSet(), Scope.All);

    public bool Can(Right right) => Rights.Contains(right);
}

/// <summary>A request that only somebody with <see cref="Needs"/> may make. All requests of people and programs are guarded.</summary>
public interface IGuarded
{
    Actor Actor { get; }

    Right Needs { get; }
}
