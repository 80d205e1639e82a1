using System.Collections.Frozen;

namespace OpsConsole.Access;

/// <summary>What a person is in the company's eyes. A person may have several; their rights are the union.</summary>
public enum Role
{
    Steward,
    Approver,
    Executive,
    Support,
    Administrator,
}

/// <summary>The map from roles to rights: the one place where it is written down.</summary>
public static class Roles
{
    private static readonly FrozenDictionary<Role, Right[]> s_map = new Dictionary<Role, Right[]>
    {
        [Role.Steward] = [Right.ReadCases, Right.WorkCases, Right.AssignCases, Right.ReadBoard, Right.ReadFacts],
        [Role.Approver] = [Right.ReadCases, Right.Approve, Right.ReadBoard, Right.SignClose, Right.ReadFacts],
        [Role.Executive] = [Right.ReadBoard, Right.SignClose, Right.ReadCases, Right.ReadFacts],
        [Role.Support] = [Right.ReadCases, Right.RepairRaw, Right.ReadBoard, Right.ReadFacts, Right.ReadSources, Right.MendQuarantine],
        [Role.Administrator] =
        [
            Right.ReadCases, Right.RepairRaw, Right.AssignCases, Right.ReadBoard, Right.ReadFacts, Right.ReadSources, Right.MendQuarantine,
            Right.ManageRules, Right.ManageSources, Right.ManageAccess, Right.ReadAudit,
        ],
    }.ToFrozenDictionary();

    /// <summary>What a key with the scope <c>api</c> may do: all that pages can, but approve, sign off and manage people.</summary>
    public static readonly FrozenSet<Right> OfApiKeys =
        Enum.GetValues<Right>().Except([Right.Approve, Right.SignClose, Right.ManageAccess]).ToFrozenSet();

    public static FrozenSet<Right> Rights(IEnumerable<Role> roles) => roles.SelectMany(role => s_map[role]).ToFrozenSet();
}
