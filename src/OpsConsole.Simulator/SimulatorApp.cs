using Microsoft.Extensions.Options;
using OpsConsole.Simulator.Billing;
using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Conduct;
using OpsConsole.Simulator.Control;
using OpsConsole.Simulator.Crm;
using OpsConsole.Simulator.Erp;
using OpsConsole.Simulator.Middleware;
using OpsConsole.Simulator.Outbox;
using OpsConsole.Simulator.Paperwork;
using OpsConsole.Simulator.Records;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator;

/// <summary>Puts the company together: one process, four services that call each other over HTTP.</summary>
public static class SimulatorApp
{
    public const string DefaultUrl = "http://127.0.0.1:5180";

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.Services.AddOptions<SimulatorOptions>().BindConfiguration(SimulatorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<SimulatorOptions>>().Value);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        AddCompany(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<Telemetry>();
        app.UseRouting();
        app.UseMiddleware<ServiceHost>();
        app.MapCrm();
        app.MapMiddleware();
        app.MapErp();
        app.MapBilling();
        app.MapControl();
        return app;
    }

    private static void AddCompany(IServiceCollection services)
    {
        services.AddSingleton(s => new Journal(s.GetRequiredService<SimulatorOptions>().StateFolder));
        services.AddSingleton(s => new DealMaker(s.GetRequiredService<SimulatorOptions>().Seed, s.GetRequiredService<SimulatorOptions>().Rates));
        services.AddSingleton(s => new DealPace(s.GetRequiredService<SimulatorOptions>().Seed));
        services.AddSingleton(s => new Telemetry(s.GetRequiredService<SimulatorOptions>()));
        services.AddSingleton(s => new ErpSystem(Book(s, Services.Erp, out var desk), desk));
        services.AddSingleton(s => new BillingSystem(Book(s, Services.Billing, out var desk), desk));
        services.AddSingleton(s =>
        {
            var shelves = new Shelves(s.GetRequiredService<Journal>());
            shelves.Load();
            return shelves;
        });
        services.AddSingleton(s =>
        {
            var memory = new CompanyMemory(s.GetRequiredService<Journal>());
            memory.Load();
            return memory;
        });
        services.AddSingleton<BusinessClock>().AddSingleton<OwnAddress>().AddSingleton<ServiceCaller>();
        services.AddSingleton<EventOutbox>().AddSingleton<OutboxCounts>().AddSingleton<Announcer>();
        services.AddSingleton<Agenda>().AddSingleton<Switches>().AddSingleton<BillingVoice>();
        services.AddSingleton<CourierPace>().AddSingleton<MiddlewareVoice>().AddSingleton<Courier>();
        services.AddSingleton<DealActor>().AddSingleton<DealRun>().AddSingleton<MasterData>().AddSingleton<CompanyParts>();
        services.AddSingleton<HookSender>().AddHostedService(s => s.GetRequiredService<HookSender>());
        services.AddHostedService<OutboxSender>();
        services.AddHostedService<Introduction>();
        services.AddHostedService<Conductor>();
        services.AddHostedService<NightDesk>();
    }

    /// <summary>The ledger of one system, with what it recorded before, and the desk in front of it.</summary>
    private static Ledger Book(IServiceProvider services, string service, out DocumentDesk desk)
    {
        var ledger = new Ledger(service, services.GetRequiredService<Journal>());
        ledger.Load();
        desk = new DocumentDesk(
            ledger, services.GetRequiredService<Announcer>(), services.GetRequiredService<ServiceCaller>(),
            services.GetRequiredService<Agenda>(), services.GetRequiredService<BusinessClock>());
        return ledger;
    }
}
