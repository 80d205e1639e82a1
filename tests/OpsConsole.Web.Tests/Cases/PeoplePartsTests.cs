using Bunit;
using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Cases;

public class PeoplePartsTests : PartContext
{
    private static readonly TeamView s_team = new(false, [], [], [], null, null);

    [Fact]
    public void The_head_says_until_when_it_is_held()
    {
        var hero = Render<ExceptionHero>(p => p.Add(c => c.Mine, true).Add(c => c.View, CaseSample.View with
        {
            Case = CaseSample.Row with { State = CaseState.Claimed, HolderName = "Ines Moreau", HeldSince = HandClock.Noon, HeldUntil = HandClock.Noon.AddHours(8) },
        }));

        Assert.Contains("Held by you since 12:00, until 20:00", hero.Find(".meta").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_of_a_hand_over_stands_on_the_page()
    {
        var memory = Render<CaseMemory>(p => p.Add(c => c.Row, CaseSample.Row).Add(c => c.Mine, true)
            .Add(c => c.Team, s_team with { HandedOver = new HandOver("Ines Moreau", "Tom Okafor", "wait for the form", HandClock.Noon) }));

        Assert.Contains("Ines Moreau handed it over to you, 12:00: wait for the form", memory.Find(".memo").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_closed_shows_the_evidence_and_what_came_back_the_last_fix()
    {
        var closed = Render<CaseMemory>(p => p.Add(c => c.Team, s_team).Add(c => c.Row, CaseSample.Row with { State = CaseState.Resolved, Ending = "NetSuite reported success at 12:00", ProofEvent = "9f2c" }));
        var back = Render<CaseMemory>(p => p.Add(c => c.Row, CaseSample.Row with { CameBack = true })
            .Add(c => c.Team, s_team with { LastFix = new LastFix("EX-20418", true, "version 1: profile from the form", "Ines Moreau", HandClock.Noon, "NetSuite reported success") }));

        Assert.Contains("Closed on this evidence: NetSuite reported success", closed.Find(".memo.good").TextContent, StringComparison.Ordinal);
        Assert.Contains("It came back. Last fix by Ines Moreau, 12:00: version 1: profile from the form; then NetSuite reported success", back.Find(".memo.warn").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_colleague_is_named_by_a_button_that_completes_what_was_begun()
    {
        CaseAct? decided = null;
        var dialog = Render<CaseActDialog>(p => p.Add(c => c.Action, CaseAction.Comment).Add(c => c.Decided, act => decided = act)
            .Add(c => c.Colleagues, [new Colleague("1", "Hanna Berg", "hanna"), new Colleague("2", "Tom Okafor", "tom")]));

        dialog.Find("textarea").Input("Is this right, @ha");
        dialog.FindAll(".mentions button").Single(button => button.TextContent == "@Hanna Berg").Click();
        dialog.FindAll("footer button")[^1].Click();

        Assert.Equal("Is this right, @Hanna Berg", decided!.Reason);
    }

    [Fact]
    public void A_hand_over_asks_for_a_note_and_an_amount_must_be_a_number()
    {
        CaseAct? decided = null;
        var handOver = Render<CaseActDialog>(p => p.Add(c => c.Action, CaseAction.Assign).Add(c => c.HandsOver, true).Add(c => c.Decided, act => decided = act).Add(c => c.People, [new Assignee("2", "Tom Okafor")]));
        handOver.Find("#act-person").Change("2");
        handOver.FindAll("footer button")[^1].Click();
        var silent = decided;
        handOver.Find("textarea").Input("wait for the form");
        handOver.FindAll("footer button")[^1].Click();

        var hold = Render<CaseActDialog>(p => p.Add(c => c.Action, CaseAction.Snooze).Add(c => c.Currency, "EUR"));
        hold.Find("textarea").Input("small");
        hold.Find("#act-amount").Input("much");
        hold.FindAll("footer button")[^1].Click();

        Assert.Null(silent);
        Assert.True(decided is { HandsOver: true, PersonId: "2", Reason: "wait for the form" });
        Assert.Contains("not a number", hold.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }
}
