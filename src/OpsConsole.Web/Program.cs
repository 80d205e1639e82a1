using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole;
using OpsConsole.Web.Flows;
using OpsConsole.Web.Intake;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;
using Radzen;

var builder = WebApplication.CreateBuilder(args);
if (Commands.BeforeStart(args, builder.Configuration) is { } faulty)
{
    return faulty;
}

builder.WebHost.UseStaticWebAssets();
builder.Services.AddDatabase(builder.Configuration);
builder.Services.AddCore(builder.Configuration);
builder.Services.AddTelemetry();
builder.Services.AddHttpActor();
builder.Services.AddApiKeys();
builder.Services.AddAuthorization();
builder.Services.AddProblemDetails();
builder.Services.AddOpenApi("v1");
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower)));
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddRadzenComponents();
builder.Services.AddParts();

var app = builder.Build();
if (await Commands.Prepare(args, app) is { } ended)
{
    return ended;
}

app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapOpenApi();
app.MapHealth();
app.MapMetrics();
app.MapIntake();
app.MapFlows();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
await app.RunAsync();
return 0;

public partial class Program;
