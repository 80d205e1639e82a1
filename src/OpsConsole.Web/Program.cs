using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole;
using OpsConsole.Web.Access;
using OpsConsole.Web.Approvals;
using OpsConsole.Web.Audit;
using OpsConsole.Web.Calendars;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Close;
using OpsConsole.Web.Contracts;
using OpsConsole.Web.Events;
using OpsConsole.Web.Evidence;
using OpsConsole.Web.Flows;
using OpsConsole.Web.Intake;
using OpsConsole.Web.Kpis;
using OpsConsole.Web.Landscape;
using OpsConsole.Web.Notify;
using OpsConsole.Web.Ownership;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Rates;
using OpsConsole.Web.Replay;
using OpsConsole.Web.Reports;
using OpsConsole.Web.Routing;
using OpsConsole.Web.Search;
using OpsConsole.Web.Shell;
using OpsConsole.Web.Sources;
using OpsConsole.Web.Traces;
using Radzen;

if (args is [VerifyFile.Command, ..])
{
    return VerifyFile.Run(args, Console.Out);
}

// Its own folder, wherever it is started from: the settings beside the program count.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Configuration.AddSecretFiles();
if (Commands.BeforeStart(args, builder.Configuration, builder.Environment) is { } faulty)
{
    return faulty;
}

builder.WebHost.UseStaticWebAssets();
builder.Services.AddDatabase(builder.Configuration);
builder.Services.AddCore(builder.Configuration);
builder.Services.AddTelemetry();
builder.Services.AddProxies(builder.Configuration);
builder.Services.AddHttpActor();
builder.Services.AddSingleton<Exports>();
builder.Services.AddFormCookie();
builder.Services.AddLimits(builder.Configuration);
builder.Services.AddAccess(builder.Configuration, builder.Environment);
builder.Services.AddApiKeys();
builder.AddOtlpPort();
builder.Services.AddReplaySecrets();
builder.Services.AddNotice(builder.Configuration);
builder.Services.AddHub();
builder.Services.AddProblemDetails();
builder.Services.AddOpenApi("v1", options => options.SayRights());
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
    json.SerializerOptions.Converters.Add(new PlainText.Converter());
});
builder.Services.AddRazorComponents().AddInteractiveServerComponents()
    .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 4 << 20);         // a payload in the repair editor travels in one message
builder.Services.AddRadzenComponents();
builder.Services.AddParts();

var app = builder.Build();
if (await Commands.Prepare(args, app) is { } ended)
{
    return ended;
}

await app.SeedPeople(app.Lifetime.ApplicationStopping);
app.UseForwardedHeaders();
app.UseSafeHeaders();
app.UsePlainText();
app.UseHostCookies();
app.UseOrigins();
app.UseOtlpPort();
app.UsePages();
app.UseRouting();
app.UseAuthentication();
app.UseRateLimiter();
app.UseSourceRates();
app.UseAuthorization();
app.UsePast();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapOpenApi();
app.MapHealth();
app.MapMetrics();
app.MapIntake();
app.MapSources();
app.MapFlows();
app.MapObjects();
app.MapTransactions();
app.MapTraces();
app.MapSearch();
app.MapLandscape();
app.MapCases();
app.MapTeam();
app.MapApprovals();
app.MapContracts();
app.MapOwnership();
app.MapReplay();
app.MapRepairs();
app.MapRouting();
app.MapSla();
app.MapCalendars();
app.MapNotify();
app.MapRates();
app.MapKpis();
app.MapCloses();
app.MapReports();
app.MapHub();
app.MapAudit();
app.MapEvidence();
app.MapAccess();
app.MapTeams();
app.MapWorklistCsv();
app.MapReviewCsv();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.DisableWebSocketCompression = true).RequireAuthorization();
await app.RunAsync();
return 0;

public partial class Program;
