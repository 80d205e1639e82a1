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

    /// <summary>Answers people who ask what is known of them, and courts who ask that it be kept.</summary>
    DataProtection,
}

/// <summary>The map from roles to rights: the one place where it is written down.</summary>
public static class Roles
{
    private static readonly FrozenDictionary<Role, Right[]> s_map = new Dictionary<Role, Right[]>
    {
        [Role.Steward] = [Right.ReadCases, Right.WorkCases, Right.AssignCases, Right.ReadBoard, Right.ReadFacts, Right.ReadFinancial, Right.RevealFields],
        [Role.Approver] = [Right.ReadCases, Right.Approve, Right.ReadBoard, Right.SignClose, Right.ReadFacts, Right.ReadFinancial, Right.RevealFields],
        [Role.Executive] = [Right.ReadBoard, Right.SignClose, Right.ReadCases, Right.ReadFacts],
        [Role.Support] = [Right.ReadCases, Right.RepairRaw, Right.ReadBoard, Right.ReadFacts, Right.ReadSources, Right.MendQuarantine, Right.RevealFields],
        [Role.Administrator] =
        [
            Right.ReadCases, Right.RepairRaw, Right.AssignCases, Right.ReadBoard, Right.ReadFacts, Right.ReadSources, Right.MendQuarantine,
            Right.ManageRules, Right.ManageSources, Right.ManageAccess, Right.ReadAudit, Right.RevealFields,
        ],
        [Role.DataProtection] = [Right.ReadCases, Right.ReadFacts, Right.ReadAudit, Right.ReadPersonal, Right.RevealFields, Right.ManagePrivacy],
    }.ToFrozenDictionary();

    /// <summary>What a key with the scope <c>api</c> may do: all that pages can, but approve, sign off, manage people, and see or erase what is personal.</summary>
    public static readonly FrozenSet<Right> OfApiKeys =
        Enum.GetValues<Right>().Except([Right.Approve, Right.SignClose, Right.ManageAccess, Right.ReadPersonal, Right.RevealFields, Right.ManagePrivacy]).ToFrozenSet();

    public static FrozenSet<Right> Rights(IEnumerable<Role> roles) => roles.SelectMany(role => s_map[role]).ToFrozenSet();
}
