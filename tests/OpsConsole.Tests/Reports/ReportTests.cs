using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Kpis;
using OpsConsole.Notify;
using OpsConsole.Reports;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Reports;

/// <summary>The board as a file holds the board's numbers; by schedule it goes to those who may see it, through a real mail server.</summary>
public abstract partial class ReportTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly BoardFilter s_week = new() { Period = "7d" };

    [StorageFact]
    public async Task Every_form_holds_the_numbers_that_the_board_shows()
    {
        await using var world = await World.Start<TBrand>();
        await world.Fails();
        await world.Fails(new FailureSample { Id = "INV-7", Amount = 99.5m, Unit = "EMEA" });

        var board = (await world.Send(new MeasureBoard(s_week, Staff.Root))).Value!;
        var below = (await world.Send(new MeasureFigures(s_week, Staff.Root))).Value!;
        var printed = (await world.Send(new PrintBoard(s_week, [ReportForm.Pdf, ReportForm.Xlsx, ReportForm.Csv], Staff.Root))).Value!;

        var shown = board.Tiles.Concat(below.Groups.SelectMany(group => group.Tiles)).ToDictionary(tile => tile.Kpi.Code, tile => tile.Figure.Value);
        Assert.Equal(KpiCatalog.All.Count, shown.Count);
        Assert.Equal(5_299.5m, shown["amount-at-risk"]);
        Assert.Equal(shown, Csv(printed));
        Assert.Equal(shown, Xlsx(printed));
        var paper = string.Join('\n', PdfText.Read(printed.Files.Single(file => file.Name.EndsWith(".pdf", StringComparison.Ordinal)).Bytes).Pages);
        Assert.All(printed.Sheet.Lines.Where(line => line.Value is not null), line => Assert.Contains($"{line.Title}\n{line.Say(line.Value, "EUR")}", paper, StringComparison.Ordinal));
        Assert.Contains("EUR 5,299.50", paper, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task Filter_moment_and_completeness_stand_on_it_and_the_page_is_a_pdf_with_fonts_of_its_own()
    {
        await using var world = await World.Start<TBrand>();
        await world.Fails();

        var printed = (await world.Send(new PrintBoard(s_week with { Unit = "EMEA", Currency = "EUR" }, [ReportForm.Pdf, ReportForm.Csv], Staff.Root))).Value!;

        var text = Encoding.UTF8.GetString(printed.Files.Single(file => file.Name.EndsWith(".csv", StringComparison.Ordinal)).Bytes);
        Assert.Contains("Unit,EMEA", text, StringComparison.Ordinal);
        Assert.Contains("Currency of amounts,EUR", text, StringComparison.Ordinal);
        Assert.Contains("As of,2026-03-31 12:00 UTC", text, StringComparison.Ordinal);
        Assert.Contains("Nothing has arrived within the last week.", text, StringComparison.Ordinal);
        var paper = PdfText.Read(printed.Files.Single(file => file.Name.EndsWith(".pdf", StringComparison.Ordinal)).Bytes);
        Assert.InRange(paper.Pages.Count, 1, 4);
        Assert.All(paper.Fonts, font => Assert.InRange(font.Length, 5_000, 150_000));
        Assert.Contains("EMEA", paper.Pages[0], StringComparison.Ordinal);
        Assert.Contains("2026-03-31 12:00 UTC", paper.Pages[0], StringComparison.Ordinal);
        Assert.Contains("Nothing has arrived within the last week.", paper.Pages[0], StringComparison.Ordinal);
        Assert.All(paper.Pages, (page, i) => Assert.Contains($"{i + 1} of {paper.Pages.Count}", page, StringComparison.Ordinal));
    }

    [StorageFact]
    public async Task A_report_holds_only_what_its_reader_may_see()
    {
        await using var world = await World.Start<TBrand>();
        await world.Fails();

        var apac = (await world.Send(new PrintBoard(s_week, [ReportForm.Csv], Staff.Person("Uli", Scope.Of("APAC"), Role.Executive)))).Value!;
        var refused = await world.Send(new PrintBoard(s_week with { Unit = "EMEA" }, [ReportForm.Csv], Staff.Person("Uli", Scope.Of("APAC"), Role.Executive)));

        Assert.Equal(0, apac.Sheet.Lines.Single(line => line.Code == "amount-at-risk").Value);
        Assert.Equal(RefusalKind.NotFound, refused.Refusal?.Kind);
    }

    [StorageFact]
    public async Task When_it_is_due_it_is_mailed_once_with_its_files_and_is_due_again_a_week_later()
    {
        await using var mail = new TestMail();
        await using var world = await World.Start<TBrand>(mail.Settings);
        var cfo = await world.Hire("Clara Fuchs", Role.Executive);
        await world.Hire("Ben Ahn", Role.Executive);
        await world.Fails();
        await Set(world, cfo, Body("clara.fuchs@example.com", "BEN.AHN@example.com"));

        await Run(world);
        Assert.Empty(mail.Letters);
        world.Clock.Now = new DateTimeOffset(2026, 4, 6, 5, 30, 0, TimeSpan.Zero);
        await Run(world);
        await Run(world);

        Assert.Equal(["ben.ahn@example.com", "clara.fuchs@example.com"], mail.Letters.Select(letter => letter.To).Order());
        var letter = mail.Letters.First();
        Assert.StartsWith("Monday's board, as of 2026-04-06 05:30 UTC", letter.Subject, StringComparison.Ordinal);
        Assert.Contains("board-2026-04-06-0530.pdf", letter.Body, StringComparison.Ordinal);
        Assert.Contains("board-2026-04-06-0530.xlsx", letter.Body, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String("%PDF-1."u8.ToArray())[..8], letter.Body, StringComparison.Ordinal);
        await using var db = world.Open();
        var row = await db.ReportSchedules.SingleAsync();
        Assert.Equal((new DateTimeOffset(2026, 4, 13, 5, 30, 0, TimeSpan.Zero), null), (row.NextAt, row.Fault));
        Assert.Equal(1, await db.Audit.CountAsync(entry => entry.Action == "report.mailed"));
    }

    [StorageFact]
    public async Task Rights_are_looked_at_anew_at_each_run()
    {
        await using var mail = new TestMail();
        await using var world = await World.Start<TBrand>(mail.Settings);
        var cfo = await world.Hire("Clara Fuchs", Role.Executive);
        await world.Hire("Ben Ahn", Role.Executive);
        await Set(world, cfo, Body("clara.fuchs@example.com", "ben.ahn@example.com"));
        await Change(world, "ben.ahn@example.com", person => (person.AllUnits, person.Units) = (false, ["EMEA"]));

        world.Clock.Pass(TimeSpan.FromDays(7));
        await Run(world);
        await using (var db = world.Open())
        {
            Assert.Contains("1 of its recipients may not see", (await db.ReportSchedules.SingleAsync()).Fault, StringComparison.Ordinal);
        }

        await Change(world, "clara.fuchs@example.com", person => person.Disabled = true);
        await Change(world, "ben.ahn@example.com", person => person.AllUnits = true);
        world.Clock.Pass(TimeSpan.FromDays(7));
        await Run(world);

        Assert.Equal(["clara.fuchs@example.com"], mail.Letters.Select(letter => letter.To));
        await using var after = world.Open();
        var row = await after.ReportSchedules.SingleAsync();
        Assert.True(row.Paused);
        Assert.Contains("may no longer read the board", row.Fault, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task Only_registered_people_who_may_see_all_of_it_can_be_recipients_and_only_its_owner_changes_it()
    {
        await using var world = await World.Start<TBrand>();
        var cfo = await world.Hire("Clara Fuchs", Role.Executive);
        await world.Hire("Emil Emea", ["EMEA"], Role.Executive);
        await world.Hire("Sue Steward", Role.Support);

        var line = (await Set(world, cfo, Body("clara.fuchs@example.com"))).Value!;

        Assert.Contains("nobody's registered address", (await Set(world, cfo, Body("stranger@evil.example"))).Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("may not see all", (await Set(world, cfo, Body("emil.emea@example.com"))).Refusal!.Message, StringComparison.Ordinal);
        Assert.True((await Set(world, cfo, Body("emil.emea@example.com") with { Filter = s_week with { Unit = "EMEA" } })).Accepted);
        Assert.Equal(RefusalKind.NotFound, (await world.Send(new SetReport(line.Id, line.Version, Body("clara.fuchs@example.com"), await world.Hire("Otto Other", Role.Executive)))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Stale, (await world.Send(new SetReport(line.Id, 7, Body("clara.fuchs@example.com"), cfo))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await world.Send(new PrintBoard(s_week, [ReportForm.Pdf], Staff.Person("nobody", Scope.All)))).Refusal?.Kind);
    }

    private static ReportBody Body(params string[] recipients) =>
        new("Monday's board", s_week, [ReportForm.Pdf, ReportForm.Xlsx], recipients, ReportPace.Weekly, 1, "07:30", "Europe/Berlin");

    private static Task<Outcome<ReportLine>> Set(World world, Actor owner, ReportBody body) => world.Send(new SetReport(null, null, body, owner));

    private static async Task Run(World world)
    {
        await world.Run<ReportWorker>(worker => worker.Look(default));
        await world.Run<LetterWorker>(worker => worker.Look(default));
    }

    private static async Task Change(World world, string address, Action<Person> change)
    {
        await using var db = world.Open();
        change(await db.People.SingleAsync(person => person.Email == address));
        await db.SaveChangesAsync();
    }

    private static Dictionary<string, decimal?> Csv(PrintedBoard printed)
    {
        var text = Encoding.UTF8.GetString(printed.Files.Single(file => file.Name.EndsWith(".csv", StringComparison.Ordinal)).Bytes);
        var lines = text[text.IndexOf("Group,Number,Code", StringComparison.Ordinal)..].Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1);
        return lines.Select(line => Comma().Split(line)).ToDictionary(cells => cells[2], cells => cells[3].Length == 0 ? null : (decimal?)decimal.Parse(cells[3], CultureInfo.InvariantCulture));
    }

    // A comma that stands in no quotes.
    [GeneratedRegex(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")]
    private static partial Regex Comma();

    private static Dictionary<string, decimal?> Xlsx(PrintedBoard printed)
    {
        using var archive = new ZipArchive(new MemoryStream(printed.Files.Single(file => file.Name.EndsWith(".xlsx", StringComparison.Ordinal)).Bytes));
        using var part = archive.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var rows = XDocument.Load(part).Descendants(main + "row").Select(row => row.Elements(main + "c").ToDictionary(
            cell => cell.Attribute("r")!.Value[0], cell => (Text: cell.Element(main + "is")?.Value, Number: cell.Element(main + "v")?.Value)));
        return rows.SkipWhile(row => row.GetValueOrDefault('C').Text != "Code").Skip(1)
            .ToDictionary(row => row['C'].Text!, row => row.TryGetValue('D', out var value) ? (decimal?)decimal.Parse(value.Number!, CultureInfo.InvariantCulture) : null);
    }
}

public static class ReportTests
{
    public sealed class On_postgres : ReportTests<OnPostgres>;

    public sealed class On_sqlserver : ReportTests<OnSqlServer>;
}

public class ReportTimeTests
{
    [Theory]
    [InlineData(ReportPace.Daily, 0, "2026-03-28T06:31Z", "2026-03-29T05:30Z")]
    [InlineData(ReportPace.Workdays, 0, "2026-03-27T06:31Z", "2026-03-30T05:30Z")]
    [InlineData(ReportPace.Weekly, 1, "2026-03-30T05:30Z", "2026-04-06T05:30Z")]
    [InlineData(ReportPace.Monthly, 31, "2026-03-31T05:30Z", "2026-04-30T05:30Z")]
    [InlineData(ReportPace.Monthly, 1, "2026-01-15T00:00Z", "2026-02-01T06:30Z")]
    public void The_next_one_is_at_the_same_time_of_the_wall(ReportPace pace, int day, string after, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next, CultureInfo.InvariantCulture), ReportTime.Next(pace, day, (7 * 60) + 30, "Europe/Berlin", DateTimeOffset.Parse(after, CultureInfo.InvariantCulture)));
}
