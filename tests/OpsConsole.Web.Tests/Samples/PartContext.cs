using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Web.Parts;
using Radzen;

namespace OpsConsole.Web.Tests.Samples;

/// <summary>What a part finds in a circuit: the reader, the slow clock, and a browser that says yes to everything.</summary>
public abstract class PartContext : BunitContext
{
    private protected PartContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddParts();
        Services.AddRadzenComponents();
    }

    private protected HandClock Clock { get; } = new();
}
