using System.Reflection;
using OpsConsole.Audit;

namespace OpsConsole.Tests.Audit;

/// <summary>Whoever changes something leaves an entry: a new request that writes without one fails here, and is mended or listed with the reason.</summary>
public class CoverageTests
{
    private static readonly Dictionary<string, string> s_without = new(StringComparer.Ordinal)
    {
        ["FindActor"] = "when the session was last used, for its idle limit",
        ["BeHere"] = "who looks at an exception now: gone within a minute, decides nothing",
        ["BeGone"] = "as BeHere",
        ["TakeAnswer"] = "the memory of answers by Idempotency-Key; the change itself has its entry",
        ["KeepAnswer"] = "as TakeAnswer",
        ["ReadNotices"] = "the caller's own bell",
        ["SetNoticeWish"] = "by which ways the caller themselves wants to be told",
        ["SaveRepairDraft"] = "what the caller types; the repair that is made of it has its entry",
        ["SetDraft"] = "the caller's own draft of the rule book decides nothing; its publication has its entry",
        ["DropDraft"] = "as SetDraft",
    };

    private static readonly HashSet<string> s_writes = new(StringComparer.Ordinal)
    {
        "DbContext.SaveChangesAsync", "Commit.CommitWith", "EntityFrameworkQueryableExtensions.ExecuteUpdateAsync", "EntityFrameworkQueryableExtensions.ExecuteDeleteAsync",
        "IDatabaseDialect.Insert", "IDatabaseDialect.InsertMissing", "IDatabaseDialect.Upsert", "IDatabaseDialect.Add",
    };

    [Fact]
    public void Every_request_that_writes_leaves_an_entry()
    {
        var silent = Handlers().Where(handler => Writes(handler.Reached) && !Audits(handler.Reached)).Select(handler => handler.Request).Order(StringComparer.Ordinal).ToList();

        var (news, gone) = (silent.Except(s_without.Keys).ToList(), s_without.Keys.Except(silent).ToList());
        Assert.True(news.Count + gone.Count == 0, $"write without an entry: {string.Join(", ", news)}; listed and not so any more: {string.Join(", ", gone)}");
    }

    [Fact]
    public void The_test_sees_what_writes_and_what_does_not()
    {
        var handlers = Handlers().ToDictionary(handler => handler.Request, handler => handler.Reached);

        Assert.True(Writes(handlers["ClaimCase"]) && Audits(handlers["ClaimCase"]));
        Assert.True(Writes(handlers["SetRates"]) && Audits(handlers["SetRates"]));
        Assert.True(Writes(handlers["AddPerson"]) && Audits(handlers["AddPerson"]));
        Assert.False(Writes(handlers["ListCases"]));
        Assert.False(Writes(handlers["VerifyAudit"]));
    }

    private static bool Writes(HashSet<string> reached) => reached.Overlaps(s_writes);

    private static bool Audits(HashSet<string> reached) => reached.Contains($"{nameof(AuditEntry)}.{nameof(AuditEntry.Of)}");

    private static IEnumerable<(string Request, HashSet<string> Reached)> Handlers() =>
        from type in typeof(CoreSetup).Assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false }
        from contract in type.GetInterfaces()
        where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(MediatR.IRequestHandler<,>)
        select (contract.GetGenericArguments()[0].Name, Reach.From(type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(method => method.Name.EndsWith("Handle", StringComparison.Ordinal))));
}
