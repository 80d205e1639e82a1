using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace OpsConsole.Tests;

/// <summary>The rules of the house, checked on the source itself. A failure names the file and the rule.</summary>
public partial class HouseRulesTests
{
    // From the foundation up: a room may use rooms to its left, never to its right. Storage maps them all and stands outside.
    private static readonly string[] s_street =
    [
        "Basics", "Live", "Outgoing", "Audit", "Access", "Queries", "Calendars", "Rates", "Notify", "Sources", "Rights", "Contracts", "Ownership", "Events", "Traces", "Flows", "Cases", "Approvals", "Replay", "Routing", "Kpis", "Close", "Reports", "Evidence", "Search", "Landscape", "Projection", "Intake", "Privacy",
    ];

    // The only files of Web that may touch the database: Identity's store, the Data Protection keys, which database it is, and whether it answers.
    private static readonly string[] s_mayTouchTheDatabase = ["IdentityStore.cs", "KeyRing.cs", "Databases.cs", "Health.cs"];

    // Before anybody is known, or about nobody but the caller.
    private static readonly string[] s_unguarded = 
    [
        "FindActor", "SeedPeople", "SetUp", "ChangeMyPassword", "EnterByPassword", "EnterByCode", "BeginSession", "ConfirmSession", "NoteConfirmed", "MySessions", "EndMySessions", "Leave",
        "MyFactors", "StartSecondFactor", "EnrolSecondFactor", "RemoveSecondFactor", "StartPasskey", "AddPasskey", "NotePasskeyUsed", "RenamePasskey", "RemovePasskey", "EnterByProvider", "AcceptInvitation",
    ];

    [Fact]
    public void Rooms_use_only_rooms_below_them() => Expect(
        from file in Sources("src/OpsConsole.Core", "*.cs")
        let home = Array.IndexOf(s_street, Room(file))
        where home >= 0
        from Match use in Using().Matches(File.ReadAllText(file))
        let other = use.Groups[1].Value
        where Array.IndexOf(s_street, other) > home
        select $"{file}: {s_street[home]} may not use {other}");

    [Fact]
    public void Every_icon_that_is_named_is_drawn()
    {
        var drawn = Regex.Matches(File.ReadAllText(Sources("src/OpsConsole.Web/Parts", "IconSprite.razor").Single()), "<symbol id=\"i-([a-z]+)\"").Select(found => found.Groups[1].Value).ToHashSet();
        Expect(
            from file in Sources("src/OpsConsole.Web", "*.razor").Concat(Sources("src/OpsConsole.Web", "*.cs"))
            from Match used in Regex.Matches(File.ReadAllText(file), "(?:Icon Name=\"|Icon=\"|new Status\\(\")([a-z]+)\"")
            where !drawn.Contains(used.Groups[1].Value)
            select $"{file}: no icon is called {used.Groups[1].Value}");
    }

    [Fact]
    public void Every_room_has_its_place_on_the_street() => Expect(
        from file in Sources("src/OpsConsole.Core", "*.cs")
        let room = Room(file)
        where room != "Storage" && !s_street.Contains(room) && !room.EndsWith(".cs", StringComparison.Ordinal)
        select $"{file}: give {room} a place in {nameof(s_street)}");

    [Fact]
    public void Time_comes_from_the_clock_that_was_handed_in() => Expect(
        from file in Sources("src", "*.cs").Concat(Sources("src", "*.razor"))
        where WallClock().IsMatch(File.ReadAllText(file))
        select $"{file}: ask TimeProvider");

    [Fact]
    public void Pages_and_endpoints_send_requests_and_leave_the_database_alone() => Expect(
        from file in Sources("src/OpsConsole.Web", "*.cs").Concat(Sources("src/OpsConsole.Web", "*.razor"))
        where !s_mayTouchTheDatabase.Contains(Path.GetFileName(file)) && Database().IsMatch(File.ReadAllText(file))
        select $"{file}: send a request instead of using OpsDb");

    [Fact]
    public void The_core_knows_no_web_framework_and_no_database_brand() => Expect(
        from file in Sources("src/OpsConsole.Core", "*.cs")
        from Match use in Brand().Matches(File.ReadAllText(file))
        select $"{file}: the core may not use {use.Groups[1].Value}");

    [Fact]
    public void Every_request_names_the_right_that_it_needs() => Expect(
        from type in typeof(CoreSetup).Assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(MediatR.IRequest<>))
        where !typeof(IGuarded).IsAssignableFrom(type) && !s_unguarded.Contains(type.Name)
        select $"{type.Name}: make it {nameof(IGuarded)}");

    [Fact]
    public void No_payload_is_rendered_as_markup() => Expect(
        from file in Sources("src/OpsConsole.Web", "*.cs").Concat(Sources("src/OpsConsole.Web", "*.razor"))
        where File.ReadAllText(file).Contains("(MarkupString)", StringComparison.Ordinal)
        select $"{file}: render text as text");

    private static void Expect(IEnumerable<string> violations)
    {
        var found = violations.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static IEnumerable<string> Sources(string folder, string pattern) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root(), folder), pattern, SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root(), file)
        where !relative.Contains("/obj/", StringComparison.Ordinal) && !relative.Contains("/bin/", StringComparison.Ordinal)
        select file;

    private static string Room(string file) =>
        Path.GetRelativePath(Path.Combine(Root(), "src/OpsConsole.Core"), file).Split(Path.DirectorySeparatorChar)[0];

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../.."));

    [GeneratedRegex(@"^using OpsConsole\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b")]
    private static partial Regex WallClock();

    [GeneratedRegex(@"\bOpsDb\b")]
    private static partial Regex Database();

    // Identity's user class lives in Microsoft.AspNetCore.Identity although its package is plain.
    [GeneratedRegex(@"^using (Microsoft\.AspNetCore(?!\.Identity)|Radzen|Npgsql|Microsoft\.Data)\b", RegexOptions.Multiline)]
    private static partial Regex Brand();
}
