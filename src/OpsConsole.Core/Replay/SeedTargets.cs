using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpsConsole.Replay.Targets;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Registers the targets that the configuration names (<c>Targets:erp-invoices:Url = …</c>) and one for each watched dead-letter queue, at every start.</summary>
internal sealed class SeedTargets(IDbContextFactory<OpsDb> databases, IConfiguration configuration, ISecretBox box, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var named = configuration.GetSection("Targets").GetChildren().ToList();
        var queues = configuration.GetSection("RabbitMq:DeadLetters").GetChildren().Select(letters => letters["Queue"]).OfType<string>().ToList();
        if (named.Count + queues.Count == 0)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var known = await db.Targets.ToDictionaryAsync(t => t.Name, StringComparer.Ordinal, cancellationToken);
        foreach (var section in named)
        {
            Seed(db, known.GetValueOrDefault(section.Key), section);
        }

        foreach (var queue in queues.Where(queue => !known.ContainsKey(RabbitMqTarget.NameOf(queue))))
        {
            db.Targets.Add(new ReplayTarget { Name = RabbitMqTarget.NameOf(queue), Kind = TargetKind.RabbitMq, Url = $"amqp:{queue}", UpdatedAt = clock.GetUtcNow() });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Seed(OpsDb db, ReplayTarget? target, IConfigurationSection section)
    {
        var body = section.Get<TargetBody>()!;
        if (TargetRules.Wrong(section.Key, body) is { } refusal)
        {
            throw new InvalidOperationException($"Targets:{section.Key}:{refusal.Message}");
        }

        // The same settings must not look like a change: approvals are bound to the target.
        if (target is not null && target.Url == body.Url && target.Method == (body.Method ?? "POST") && target.ReadBackUrl == body.ReadBackUrl
            && target.ProofSeconds == (body.ProofSeconds ?? 900) && body.Secret is null
            && target.RatePerSecond == body.RatePerSecond && target.Parallel == (body.Parallel ?? ReplayTarget.UsualParallel))
        {
            return;
        }

        if (target is null)
        {
            target = new ReplayTarget { Name = section.Key, Url = body.Url };
            db.Targets.Add(target);
        }

        target.Take(body, box, clock.GetUtcNow());
    }
}
