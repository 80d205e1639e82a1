using Bunit;
using OpsConsole.Replay;
using OpsConsole.Web.Replay;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Replay;

public class RepairPanelTests : PartContext
{
    private readonly List<DraftContent> _drafts = [];
    private RepairSave? _saved;

    // A draft on its way waits for it.
    private TaskCompletionSource? _line;

    [Fact]
    public void The_field_that_was_complained_about_stands_first_and_is_kept_as_a_draft_once_set()
    {
        var panel = Panel();

        panel.Find(".fail select").Change("\"CA-ON-HST13\"");

        Assert.Equal("\"CA-ON-HST13\"", _drafts[^1].Edits["/taxProfile"]);
        Assert.Contains("was empty", panel.Find(".fail").TextContent, StringComparison.Ordinal);
        Assert.Contains("Salesforce owns it", panel.Find("[data-testid=failing-owner]").TextContent, StringComparison.Ordinal);
        Assert.Contains("CA-ON-HST13", panel.Find(".dff .p").TextContent, StringComparison.Ordinal);
        Assert.Contains("Draft, not saved", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_saved_carries_reason_and_note_and_leaves_every_other_byte()
    {
        var panel = Panel();
        panel.Find(".fail select").Change("\"CA-ON-HST13\"");

        panel.Find("input[aria-label=Note]").Change("Bill-to is in Ontario");
        panel.Find(".savefoot .btn.pri").Click();

        Assert.Equal(("Bill-to is in Ontario", "missing-value", false), (_saved!.Note, _saved.Reason, _saved.Raw));
        Assert.Equal(new KeyValuePair<string, string?>("/taxProfile", "\"CA-ON-HST13\""), Assert.Single(_saved.Edits!));
        Assert.Equal(CaseSample.Repair.Original!.Replace("null", "\"CA-ON-HST13\"", StringComparison.Ordinal), _saved.Body);
    }

    [Fact]
    public void A_click_while_the_note_is_still_on_its_way_waits_for_it_and_is_not_lost()
    {
        var panel = Panel();
        panel.Find(".fail select").Change("\"CA-ON-HST13\"");
        _line = new TaskCompletionSource();

        panel.Find("input[aria-label=Note]").Change("Bill-to is in Ontario");
        panel.Find(".savefoot .btn.pri:not([disabled])").Click();
        Assert.Null(_saved);
        _line.SetResult();

        panel.WaitForAssertion(() => Assert.Equal("Bill-to is in Ontario", _saved?.Note));
    }

    [Fact]
    public void A_locked_field_says_who_owns_it_and_takes_nothing()
    {
        var panel = Panel();

        var amount = panel.Find("[data-pointer='/amount']");

        Assert.True(amount.QuerySelector("input")!.HasAttribute("readonly"));
        Assert.Contains("Stripe owns it", amount.TextContent, StringComparison.Ordinal);
        Assert.Equal("238900.00", amount.QuerySelector("input")!.GetAttribute("value"));
    }

    [Fact]
    public void A_fault_stands_at_its_field_and_holds_the_save_back()
    {
        var panel = Panel();

        panel.Find("[data-pointer='/memo'] input").Change("much too long a memo");

        Assert.Contains("must have at most 10 characters", panel.Find("[data-pointer='/memo'] .help.bad").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", panel.Find("[data-pointer='/memo'] input").GetAttribute("aria-invalid"));
        Assert.True(panel.Find(".savefoot .btn.pri").HasAttribute("disabled"));
    }

    [Fact]
    public void As_JSON_it_is_read_by_all_and_changed_by_those_who_may()
    {
        var reader = Panel();
        reader.FindAll(".seg button").Single(button => button.TextContent == "JSON").Click();
        Assert.True(reader.Find("textarea").HasAttribute("readonly"));

        var writer = Panel(mayRaw: true);
        writer.FindAll(".seg button").Single(button => button.TextContent == "JSON").Click();
        writer.Find("textarea").Change("{\n  \"tranId\": INV\n}");

        Assert.Contains("Line 2", writer.Find("#repair-fault").TextContent, StringComparison.Ordinal);
        Assert.True(writer.Find(".savefoot .btn.pri").HasAttribute("disabled"));
    }

    [Fact]
    public void News_about_the_exception_leaves_an_unsaved_change_alone()
    {
        var panel = Panel();
        panel.Find(".fail select").Change("\"CA-ON-HST13\"");

        panel.Render(p => p.Add(c => c.Repair, CaseSample.Repair with { Replays = [] }));

        Assert.Equal("\"CA-ON-HST13\"", panel.Find(".fail select").GetAttribute("value"));
    }

    [Fact]
    public void A_form_that_was_asked_for_before_something_was_typed_does_not_take_it_away()
    {
        var panel = Panel();
        _line = new TaskCompletionSource();
        panel.Find(".fail select").Change("\"CA-ON-HST13\"");

        var before = CaseSample.Form(null);
        panel.Render(p => p.Add(c => c.Form, before));
        _line.SetResult();
        panel.WaitForAssertion(() => Assert.Contains("CA-ON-HST13", panel.Find(".dff .p").TextContent, StringComparison.Ordinal));
        panel.Render(p => p.Add(c => c.Form, before));

        Assert.Equal("\"CA-ON-HST13\"", panel.Find(".fail select").GetAttribute("value"));
    }

    [Fact]
    public void A_version_saved_by_somebody_else_does_not_replace_a_draft()
    {
        var panel = Panel();
        panel.Find(".fail select").Change("\"CA-ON-HST13\"");
        var theirs = CaseSample.Repair.Original!.Replace("\"entity\":\"ACC-1745\"", "\"entity\":\"ACC-9\"", StringComparison.Ordinal);

        panel.Render(p => p.Add(c => c.Repair, CaseSample.Repair with { Current = theirs, CurrentVersion = 1 }).Add(c => c.Form, CaseSample.Form(_drafts[^1], theirs)));

        Assert.Equal("\"CA-ON-HST13\"", panel.Find(".fail select").GetAttribute("value"));
        Assert.Contains("Save version 2", panel.Find(".savefoot .btn.pri").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_not_be_edited_says_why()
    {
        var panel = Panel(locked: "Tom Okafor holds it; only they change the payload.");

        Assert.Contains("Tom Okafor holds it", panel.Find(".locked").TextContent, StringComparison.Ordinal);
        Assert.All(panel.FindAll("input"), input => Assert.True(input.HasAttribute("readonly")));
        Assert.Empty(panel.FindAll("select"));
    }

    [Fact]
    public void A_draft_is_found_again_and_can_be_discarded()
    {
        var panel = Panel(new DraftContent(new Dictionary<string, string?> { ["/taxProfile"] = "\"CA-GST5\"" }, null, "mapping", "half a senten"));

        Assert.Contains("it is back", panel.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.Equal("\"CA-GST5\"", panel.Find(".fail select").GetAttribute("value"));
        Assert.Equal("half a senten", panel.Find("input[aria-label=Note]").GetAttribute("value"));

        panel.Find(".note .linkbtn").Click();

        Assert.True(_drafts[^1].IsEmpty);
    }

    [Fact]
    public void What_the_browser_still_has_is_younger_than_the_draft()
    {
        JSInterop.Setup<Dictionary<string, string>?>("opsConsole.draftsOf", _ => true).SetResult(new() { ["/memo"] = "typed off" });

        var panel = Panel();

        Assert.Equal("\"typed off\"", _drafts[^1].Edits["/memo"]);
        Assert.Equal("typed off", panel.Find("[data-pointer='/memo'] input").GetAttribute("value"));
    }

    private IRenderedComponent<RepairPanel> Panel(DraftContent? draft = null, string? locked = null, bool mayRaw = false) => Render<RepairPanel>(p => p
        .Add(c => c.CaseId, CaseSample.Row.Id).Add(c => c.Repair, CaseSample.Repair).Add(c => c.Form, CaseSample.Form(draft)).Add(c => c.Error, CaseSample.Error).Add(c => c.System, "netsuite")
        .Add(c => c.Locked, locked).Add(c => c.MayRaw, mayRaw)
        .Add(c => c.Keep, save =>
        {
            _saved = save;
            return Task.FromResult(true);
        })
        .Add(c => c.KeepDraft, async content =>
        {
            _drafts.Add(content);
            await (_line?.Task ?? Task.CompletedTask);
            return (RepairForm?)CaseSample.Form(content);
        }));
}
