using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Basics;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Cases;

/// <summary>How an open worklist follows what others do, whenever the news comes.</summary>
public sealed class WorklistNewsTests : PartContext
{
    private static readonly CaseRow s_open = CaseSample.Row;
    private static readonly CaseRow s_claimed = s_open with { State = CaseState.Claimed, Holder = "2", HolderName = "Tom Okafor", Version = s_open.Version + 1 };
    private static readonly CaseRow s_other = s_open with { Id = Guid.NewGuid(), Number = 20419, ObjectId = "INV-10492" };
    private readonly NewsBoard _board;
    private readonly ListDesk _desk = new();

    public WorklistNewsTests()
    {
        _board = new NewsBoard(Clock);
        Services.AddSingleton(_board).AddScoped<LiveFeed>().AddCircuit(_desk);
        _desk.Rows = [s_open, s_other];
    }

    [Fact]
    public void News_that_comes_while_the_list_is_on_its_way_is_not_lost()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _desk.ListWaits = answer.Task;
        var page = Open();

        // The list was read before the claim, and the claim is told before the list is here.
        _desk.Now = [s_claimed, s_other];
        Tell(s_open.Id);
        answer.SetResult();

        Until(page, () => Assert.Contains("Tom Okafor", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void After_news_of_one_row_only_that_row_is_asked_for_and_one_that_was_not_on_screen_is_counted()
    {
        var page = Open();
        Until(page, () => Assert.Contains("INV-10492", page.Markup, StringComparison.Ordinal));

        _desk.Now = [s_claimed, s_other];
        Tell(s_open.Id);
        Until(page, () => Assert.Contains("Tom Okafor", page.Markup, StringComparison.Ordinal));
        Assert.Equal([s_open.Id], _desk.Asked!.Changed!);
        Assert.NotNull(_desk.Asked.Heard);

        Clock.Pass(TimeSpan.FromSeconds(2));
        _desk.New = 1;
        Tell(Guid.NewGuid());
        Until(page, () => Assert.Contains("1 new", page.Markup, StringComparison.Ordinal));

        // News that does not say of what may be of anything.
        Clock.Pass(TimeSpan.FromSeconds(2));
        _desk.Now = [s_claimed, s_other with { HolderName = "Hanna Berg", Holder = "3", Version = s_other.Version + 1 }];
        Tell(null);
        Until(page, () => Assert.Contains("Hanna Berg", page.Markup, StringComparison.Ordinal));
        Assert.Null(_desk.Asked.Changed);
    }

    [Fact]
    public async Task A_list_that_is_asked_for_again_and_again_shows_what_came_first()
    {
        var page = Open();
        Until(page, () => Assert.Contains("INV-10492", page.Markup, StringComparison.Ordinal));
        var (first, second) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var keys = page.FindComponent<Keys>().Instance.Map!;

        // The reader presses n, and presses it again before there is an answer.
        _desk.Rows = [s_claimed, s_other];
        _desk.ListWaits = first.Task;
        var once = page.InvokeAsync(keys["n"]);
        _desk.ListWaits = second.Task;
        var twice = page.InvokeAsync(keys["n"]);
        first.SetResult();
        await once;

        Assert.Contains("Tom Okafor", page.Markup, StringComparison.Ordinal);
        second.SetResult();
        await twice;
    }

    [Fact]
    public void A_row_never_goes_back_to_what_it_was()
    {
        _desk.Rows = [s_claimed, s_other];
        var page = Open();
        Until(page, () => Assert.Contains("Tom Okafor", page.Markup, StringComparison.Ordinal));

        _desk.Now = [s_open, s_other with { HolderName = "Hanna Berg", Holder = "3" }];
        Tell(null);

        Until(page, () => Assert.Contains("Hanna Berg", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Tom Okafor", page.Markup, StringComparison.Ordinal);
    }

    // A machine where others build answers late, and late is not wrong.
    private static void Until(IRenderedComponent<CascadingValue<Actor>> page, Action holds) => page.WaitForAssertion(holds, TimeSpan.FromSeconds(30));

    private IRenderedComponent<CascadingValue<Actor>> Open() =>
        Render<CascadingValue<Actor>>(p => p.Add(c => c.Value, Desk.Ines).AddChildContent<WorklistPage>());

    private void Tell(Guid? of)
    {
        _board.Announce([new News(LiveTopic.Cases, 1, null, null, of)]);
        Clock.Pass(TimeSpan.Zero);
    }

    /// <summary>Answers the page's questions as a test says.</summary>
    private sealed class ListDesk : Desk
    {
        private static readonly QueueTab s_none = new("all", "All queues", 2, 0, 0);

        /// <summary>What the list holds.</summary>
        public IReadOnlyList<CaseRow> Rows { get; set; } = [];

        /// <summary>What the rows are when looked at again.</summary>
        public IReadOnlyList<CaseRow> Now { get; set; } = [];

        public int New { get; set; }

        public Task ListWaits { get; set; } = Task.CompletedTask;

        public LookAgain? Asked { get; private set; }

        protected override async Task<object> Answer(object request)
        {
            if (request is ListCases)
            {
                await ListWaits;
            }

            return Of(request);
        }

        private object Of(object request) => request switch
        {
            ListCases => Outcome.Of(new CasePage(Rows, Rows.Count, 0, "EUR", 0, null)),
            LookAgain { Latest: null } => Outcome.Of(new ListNews([], [], null, 20419)),
            LookAgain again => Outcome.Of(Look(again)),
            QueueTabs => Outcome.Of(new QueueTabList(s_none, s_none, s_none, [], "EUR")),
            SnoozedTotal => Outcome.Of(new SnoozedSum(0, 0, "EUR", 0, null)),
            ShowCase => Outcome.Of(CaseSample.View),
            ListViews => Outcome.Of(new ViewList([])),
            _ => throw new NotSupportedException(request.GetType().Name),
        };

        private ListNews Look(LookAgain again)
        {
            Asked = again;
            return new ListNews([.. Now.Where(row => again.Shown.Contains(row.Id) && again.Changed?.Contains(row.Id) is not false)], [], New, again.Latest!.Value);
        }
    }
}
