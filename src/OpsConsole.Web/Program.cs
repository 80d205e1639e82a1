using Radzen;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddRadzenComponents();
var app = builder.Build();
app.MapStaticAssets();
app.Run();

public partial class Program;
