using Bunit;
using OpsConsole.Basics;
using OpsConsole.Replay;
using OpsConsole.Web.Replay;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Replay;

/// <summary>How the form is fetched while somebody types into it.</summary>
public sealed class RepairSectionTests : PartContext
{
    private readonly RepairDesk _desk = new();

    public RepairSectionTests() => Services.AddCircuit(_desk);

    [Fact]
    public void What_is_typed_while_the_form_is_read_anew_stays()
    {
        var section = Section("Claim it first; only who holds it changes the payload.");
        section.WaitForElement(".locked");

        // Once it is claimed the form is read anew, and before that answer is here somebody types.
        var answer = _desk.FormWaits = new TaskCompletionSource();
        section.Render(p => p.Add(c => c.Locked, null));
        section.Find(".fail select").Change("\"CA-ON-HST13\"");
        section.WaitForAssertion(() => Assert.NotNull(_desk.Draft));
        _desk.FormWaits = null;
        answer.SetResult();

        section.WaitForAssertion(() => Assert.Equal(3, _desk.Reads));
        section.Render(p => p.Add(c => c.Locked, null));
        Assert.Equal("\"CA-ON-HST13\"", section.Find(".fail select").GetAttribute("value"));
        Assert.Contains("CA-ON-HST13", section.Find(".dff .p").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<RepairSection> Section(string? locked) => Render<RepairSection>(p => p
        .AddCascadingValue(Desk.Ines).Add(c => c.CaseId, CaseSample.Row.Id).Add(c => c.Repair, CaseSample.Repair).Add(c => c.Error, CaseSample.Error).Add(c => c.System, "netsuite")
        .Add(c => c.Locked, locked).Add(c => c.Keep, _ => Task.FromResult(true)));

    /// <summary>A form is what it was when it was asked for, as long as its answer may take.</summary>
    private sealed class RepairDesk : Desk
    {
        public TaskCompletionSource? FormWaits { get; set; }

        public DraftContent? Draft { get; private set; }

        public int Reads { get; private set; }

        protected override async Task<object> Answer(object request)
        {
            switch (request)
            {
                case ShowRepairForm:
                    Reads++;
                    var form = CaseSample.Form(Draft);
                    await (FormWaits?.Task ?? Task.CompletedTask);
                    return Outcome.Of(form);
                case SaveRepairDraft save:
                    Draft = save.Content;
                    return Outcome.Of(CaseSample.Form(Draft));
                default:
                    throw new NotSupportedException(request.GetType().Name);
            }
        }
    }
}
