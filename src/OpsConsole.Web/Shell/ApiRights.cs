using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;

namespace OpsConsole.Web.Shell;

/// <summary>Writes into the API's own description what each operation needs, as its route demands it: who programs against it reads it there, and a test keeps the map.</summary>
internal static class ApiRights
{
    public static void SayRights(this OpenApiOptions options) => options.AddOperationTransformer((operation, context, _) =>
    {
        operation.Description = Say(context.Description.ActionDescriptor.EndpointMetadata);
        return Task.CompletedTask;
    });

    // Several demands of one route must all be met.
    private static string Say(IList<object> demanded)
    {
        var policies = demanded.OfType<IAuthorizeData>().Select(one => one.Policy).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return demanded.OfType<IAllowAnonymous>().Any() ? "Open to anybody."
            : policies.Count > 0 ? $"Needs {string.Join(" and ", policies)}."
            : demanded.OfType<IAuthorizeData>().Any() ? "Needs any account or key."
            : "Demands nothing.";
    }
}
