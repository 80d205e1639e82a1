using System.Net.Http.Json;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Journeys;

/// <summary>What a failure made on demand is about, and what would repair it.</summary>
internal sealed record MadeFailure(string Type, string Id, string BusinessUnit, string Customer, string CustomerName, string RightTaxProfile, string IdempotencyKey);

/// <summary>A company that does nothing by itself, so that a test makes everything that happens.</summary>
internal static class Company
{
    public static readonly StageSettings Quiet = new()
    {
        WithCompany = true,
        Environment = new Dictionary<string, string> { ["Simulator__Speed"] = "0", ["Simulator__Backfill"] = "0" },
    };

    /// <summary>An invoice that the ERP refuses now because its customer has no tax profile.</summary>
    public static async Task<MadeFailure> RefuseInvoice(this Stage stage, string unit, decimal amount)
    {
        using var company = new HttpClient { BaseAddress = stage.CompanyUrl };
        using var answer = await company.PostAsJsonAsync("/control/fail", new { kind = "tax-profile", unit, amount });
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<MadeFailure>() ?? throw new InvalidOperationException("The company made no failure.");
    }

    /// <summary>Waits until the console has made an exception of it.</summary>
    public static Task HasCase(this Stage stage, MadeFailure failure) => Eventually.Is(
        async () => (await stage.Get($"/api/v1/exceptions?q={failure.Id}"))["items"]!.AsArray().Count > 0, $"{failure.Id} is an exception", TimeSpan.FromMinutes(2));

    /// <summary>The name (EX-20418) of the exception of an invoice that the ERP refuses now, once there is one.</summary>
    public static async Task<string> RefusedCase(this Stage stage, string unit, decimal amount)
    {
        var failure = await stage.RefuseInvoice(unit, amount);
        await stage.HasCase(failure);
        return await stage.NameOf(failure.Id);
    }
}
