using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpsConsole.Storage;

namespace OpsConsole.Approvals;

/// <summary>The first four-eyes rules, from <see cref="ApprovalOptions"/>. A changed setting counts at the next start while nobody has touched the rules by hand.</summary>
internal sealed class SeedFourEyes(IDbContextFactory<OpsDb> databases, IOptions<ApprovalOptions> options, TimeProvider clock) : IHostedService
{
    private static readonly string[] s_sensitive =
    [
        "bankAccount", "iban", "bic", "swift", "accountNumber", "routingNumber", "sortCode", "taxId", "taxNumber", "vatId", "vatNumber", "amount", "total", "currency",
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var known = await db.FourEyesRules.OrderBy(r => r.Version).ToListAsync(cancellationToken);
        if (known.Count == 0)
        {
            // Keys are computed, so two nodes that start together write the same rows.
            await db.Dialect.InsertMissing(db, [.. First(1).OrderBy(rule => rule.Id)], cancellationToken);
            return;
        }

        if (known.TrueForAll(rule => rule.ById == Actor.System.Id && (rule.ReplacedById is null || rule.ReplacedById == Actor.System.Id)))
        {
            Follow(db, known);
            await db.CommitWith(known.Count, cancellationToken);        // another node was first: it wrote the same
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Follow(OpsDb db, List<FourEyesRule> known)
    {
        foreach (var now in known.Where(rule => rule.ReplacedAt is null))
        {
            if (First(now.Version + 1).FirstOrDefault(rule => rule.Id == now.Id) is { } next
                && (now.AmountAbove, now.TogetherAbove, now.Window) != (next.AmountAbove, next.TogetherAbove, next.Window))
            {
                (now.ReplacedAt, now.ReplacedById) = (clock.GetUtcNow(), Actor.System.Id);
                db.FourEyesRules.Add(next);
            }
        }
    }

    private IEnumerable<FourEyesRule> First(int version)
    {
        var limit = options.Value.Threshold;
        yield return Made("Amounts", version, limit, limit, Together.Preparer);
        yield return Made("One customer, whoever sends", version, null, limit, Together.Counterparty);
        yield return Made("Bank details, tax ids and amounts", version, fields: string.Join(',', s_sensitive));
    }

    private FourEyesRule Made(string name, int version, decimal? amount = null, decimal? sum = null, Together together = Together.Alone, string? fields = null) => new()
    {
        Id = Ids.Key(["four-eyes", name]), Version = version, Name = name, At = clock.GetUtcNow(), ById = Actor.System.Id, ByName = Actor.System.Name,
        Attributes = fields, AmountAbove = amount, TogetherAbove = sum, Together = together, Window = options.Value.WindowHours,
    };
}
