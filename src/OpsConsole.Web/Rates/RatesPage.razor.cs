using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using OpsConsole.Live;
using OpsConsole.Rates;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Rates;

/// <summary>Dated exchange rates: read by everybody who reads sums, set one by one or from a file.</summary>
public sealed partial class RatesPage(CircuitSender sender, LiveFeed feed, Reader reader) : ComponentBase, IDisposable
{
    private RateList? _list;
    private Refusal? _refusal;
    private RateFileRead? _read;
    private IDisposable? _listening;
    private string? _currency;
    private string? _fileName;
    private string? _notice;
    private string? _draftCurrency;
    private string? _draftRate;
    private DateOnly? _draftDay;
    private bool _bad;
    private bool _busy;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private IEnumerable<(string, string)> Currencies => _list?.Rates.Select(rate => rate.Currency).Distinct().Select(code => (code, code)) ?? [];

    private IReadOnlyList<RateBody> Shown => [.. (_list?.Rates ?? []).Where(rate => _currency is null || rate.Currency == _currency)];

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _draftDay = DateOnly.FromDateTime(reader.Now.UtcDateTime);
        _listening = feed.Listen(news => news.Topic is LiveTopic.Settings, TimeSpan.FromSeconds(2), _ => InvokeAsync(Load));
        await Load();
    }

    private async Task Load()
    {
        var answer = await sender.Send(new ListRates(Actor));
        (_list, _refusal) = (answer.Value ?? _list, answer.Refusal);
        StateHasChanged();
    }

    private Task SaveOne()
    {
        if (_draftDay is not { } day || !decimal.TryParse(_draftRate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate))
        {
            (_notice, _bad) = ("A rate has a currency, a day and a number above zero with a decimal point.", true);
            return Task.CompletedTask;
        }

        return Set([new RateBody((_draftCurrency ?? "").Trim().ToUpperInvariant(), day, rate)]);
    }

    private async Task ReadFile(InputFileChangeEventArgs chosen)
    {
        (_notice, _fileName) = (null, chosen.File.Name);
        if (chosen.File.Size > RateFile.MostLetters)
        {
            (_notice, _bad) = ($"The file has more than {RateFile.MostLetters >> 20} MiB.", true);
            return;
        }

        using var text = new StreamReader(chosen.File.OpenReadStream(RateFile.MostLetters));
        _read = RateFile.Read(await text.ReadToEndAsync());
    }

    private async Task SaveFile()
    {
        await Set(_read!.Rates);
        _read = _bad ? _read : null;
    }

    private async Task Set(IReadOnlyList<RateBody> rates)
    {
        _busy = true;
        var answer = await sender.Send(new SetRates(rates, Actor));
        (_busy, _bad, _list) = (false, !answer.Accepted, answer.Value ?? _list);
        _notice = answer.Refusal?.Message ?? $"{Say.Count(rates.Count, "rate")} set. What is open is converted anew.";
        _draftRate = _bad ? _draftRate : null;
    }

    private string Until(RateBody rate)
    {
        var next = _list!.Rates.Where(other => other.Currency == rate.Currency && other.Date > rate.Date).Select(other => (DateOnly?)other.Date).Min();
        return next is { } day ? day.AddDays(-1).ToString("d MMM yyyy", CultureInfo.InvariantCulture) : "in force";
    }

    private string Changes(IReadOnlyList<RateBody> rates)
    {
        var known = _list!.Rates.ToDictionary(rate => (rate.Currency, rate.Date), rate => rate.Rate);
        var changed = rates.Count(rate => known.TryGetValue((rate.Currency, rate.Date), out var before) && before != rate.Rate);
        var same = rates.Count(rate => known.TryGetValue((rate.Currency, rate.Date), out var before) && before == rate.Rate);
        return $"{rates.Count - changed - same} new, {changed} changed, {same} the same";
    }
}
