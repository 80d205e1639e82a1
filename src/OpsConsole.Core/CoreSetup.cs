using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsConsole.Access;
using OpsConsole.Approvals;
using OpsConsole.Audit;
using OpsConsole.Basics.Behaviors;
using OpsConsole.Calendars;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Evidence;
using OpsConsole.Flows;
using OpsConsole.Intake;
using OpsConsole.Kpis;
using OpsConsole.Live;
using OpsConsole.Notify;
using OpsConsole.Outgoing;
using OpsConsole.Privacy;
using OpsConsole.Projection;
using OpsConsole.Rates;
using OpsConsole.Replay;
using OpsConsole.Reports;
using OpsConsole.Routing;
using OpsConsole.Sources;
using OpsConsole.Storage.Past;
using OpsConsole.Storage.Rows;
using OpsConsole.Traces;

namespace OpsConsole;

/// <summary>The rooms of the house, in the order of the street.</summary>
public static class CoreSetup
{
    /// <summary>Registers every room. The database comes from its own project.</summary>
    public static IServiceCollection AddCore(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMediator(typeof(CoreSetup).Assembly, typeof(Authorize<,>), typeof(LimitRows<,>), typeof(ConfirmFirst<,>), typeof(ReadPast<,>));
        services.AddLive();
        services.AddOutgoing(configuration);
        services.AddAudit(configuration);
        services.AddPeople(configuration);
        services.AddCalendars();
        services.AddRates(configuration);
        services.AddNotify(configuration);
        services.AddSources(configuration);
        services.AddContracts();
        services.AddTraces(configuration);
        services.AddFlows();
        services.AddCases(configuration);
        services.AddApprovals(configuration);
        services.AddReplay(configuration);
        services.AddRouting(configuration);
        services.AddKpis();
        services.AddReports();
        services.AddEvidence();
        services.AddProjection();
        services.AddIntake(configuration);
        services.AddPrivacy();
        return services.AddPast();
    }
}
