using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>How far the chain is, its latest anchors with how their deliveries went, and the keys that signed them.</summary>
public sealed record ShowChain(Actor Actor) : IRequest<Outcome<ChainView>>, IGuarded
{
    public Right Needs => Right.ReadAudit;
}

/// <param name="Head">The last number.</param>
/// <param name="Chain">The chain there, in hexadecimal.</param>
/// <param name="Unsealed">How many entries of the last hour wait for their place.</param>
/// <param name="Ways">By which ways anchors go outside; none: only the database has them.</param>
/// <param name="OwnKey">The key that signs is kept in the database itself.</param>
public sealed record ChainView(long Head, string Chain, int Unsealed, IReadOnlyList<string> Ways, bool OwnKey, IReadOnlyList<AnchorRow> Anchors, IReadOnlyList<KeyRow> Keys);

public sealed record AnchorRow(long Number, DateTimeOffset At, string Chain, string KeyId, string Line, IReadOnlyList<DeliveryRow> Deliveries);

public sealed record DeliveryRow(string Way, int Attempts, DateTimeOffset? DeliveredAt, DateTimeOffset DueAt, string? Fault);

/// <param name="Pem">The public half.</param>
public sealed record KeyRow(string Id, string Pem, DateTimeOffset CreatedAt);

internal sealed class ShowChainHandler(OpsDb db, IEnumerable<IAnchorWay> ways, IOptions<AuditOptions> options, TimeProvider clock)
    : IRequestHandler<ShowChain, Outcome<ChainView>>
{
    private const int Latest = 20;

    public async Task<Outcome<ChainView>> Handle(ShowChain request, CancellationToken cancellationToken)
    {
        var (number, chain) = await db.Head(cancellationToken);
        var anchors = await db.AuditAnchors.AsNoTracking().OrderByDescending(a => a.Number).Take(Latest).ToListAsync(cancellationToken);
        var numbers = anchors.ConvertAll(a => a.Number);
        var deliveries = (await db.AuditDeliveries.AsNoTracking().Where(d => numbers.Contains(d.Number)).OrderBy(d => d.Way).ToListAsync(cancellationToken)).ToLookup(d => d.Number);
        var keys = await db.AuditKeys.AsNoTracking().OrderByDescending(k => k.CreatedAt).ToListAsync(cancellationToken);
        return new ChainView(
            number, Convert.ToHexStringLower(chain), await db.Unsealed(clock.GetUtcNow().AddHours(-1)).CountAsync(cancellationToken),
            [.. ways.Where(way => way.IsSet).Select(way => way.Name)], options.Value.SigningKeyFile.Length == 0,
            anchors.ConvertAll(a => new AnchorRow(
                a.Number, a.At, Convert.ToHexStringLower(a.Chain), a.KeyId, AnchorText.Write(a.Line()),
                [.. deliveries[a.Number].Select(d => new DeliveryRow(d.Way, d.Attempts, d.DeliveredAt, d.DueAt, d.Fault))])),
            keys.ConvertAll(k => new KeyRow(k.Id, new string(PemEncoding.Write("PUBLIC KEY", k.PublicKey)), k.CreatedAt)));
    }
}
